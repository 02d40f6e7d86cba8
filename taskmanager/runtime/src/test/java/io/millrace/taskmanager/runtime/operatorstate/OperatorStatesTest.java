package io.millrace.taskmanager.runtime.operatorstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.types.SerializerFactory;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;
import io.millrace.taskmanager.state.RestoredPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OperatorStatesTest {
    private static final JobCode CODE =
            new JobCode(OperatorStatesTest.class.getClassLoader(), SerializerFactory.create());
    private static final ListStateDescriptor<String> NAMES = new ListStateDescriptor<>("names", String.class);
    private static final MapStateDescriptor<Integer, String> RULES =
            new MapStateDescriptor<>("rules", Integer.class, String.class);

    private static List<OperatorStates> fresh(int parallelism) {
        return IntStream.range(0, parallelism)
                .mapToObj(subtask -> new OperatorStates(CODE, RestoredOperator.NONE))
                .toList();
    }

    /** What comes after a checkpoint, at another parallelism. */
    private static List<OperatorStates> restored(List<OperatorStates> before, int parallelism) {
        List<RestoredOperator.Part> parts = new ArrayList<>();
        Set<StateSchema> schemas = new LinkedHashSet<>();
        for (int subtask = 0; subtask < before.size(); subtask++) {
            List<SnapshotPart> given = new ArrayList<>();
            before.get(subtask).snapshot(new PartCollector(7, given, new ArrayList<>()));
            for (SnapshotPart part : given) {
                RestoredPart read = new RestoredPart(part.kind(), part.state(), 0, 0, part.entries(), part.blocks());
                parts.add(new RestoredOperator.Part(subtask, read));
            }
            schemas.addAll(before.get(subtask).schemas());
        }
        return IntStream.range(0, parallelism)
                .mapToObj(subtask -> new OperatorStates(
                        CODE, new RestoredOperator(subtask, parallelism, before.size(), List.copyOf(schemas), parts)))
                .toList();
    }

    private static List<List<String>> lists(List<OperatorStates> subtasks) {
        return subtasks.stream()
                .map(states -> contents(states.getListState(NAMES)))
                .toList();
    }

    private static List<List<String>> unions(List<OperatorStates> subtasks) {
        return subtasks.stream()
                .map(states -> contents(states.getUnionListState(NAMES)))
                .toList();
    }

    private static List<String> contents(ListState<String> state) {
        List<String> contents = new ArrayList<>();
        state.get().forEach(contents::add);
        return contents;
    }

    @Test
    void aListStaysWhereItIsAtTheSameParallelism() {
        List<OperatorStates> before = fresh(2);
        before.get(0).getListState(NAMES).addAll(List.of("a", "b", "c"));
        before.get(1).getListState(NAMES).add("d");
        assertThat(lists(restored(before, 2))).containsExactly(List.of("a", "b", "c"), List.of("d"));
    }

    @Test
    void aListIsDealtOutInTurnAtAnother() {
        List<OperatorStates> two = fresh(2);
        two.get(0).getListState(NAMES).addAll(List.of("a", "b", "c"));
        two.get(1).getListState(NAMES).addAll(List.of("d", "e"));
        List<OperatorStates> four = restored(two, 4);
        assertThat(lists(four)).containsExactly(List.of("a", "e"), List.of("b"), List.of("c"), List.of("d"));
        List<OperatorStates> one = restored(four, 1);
        assertThat(lists(one)).containsExactly(List.of("a", "e", "b", "c", "d"));
        assertThat(lists(restored(one, 3))).containsExactly(List.of("a", "c"), List.of("e", "d"), List.of("b"));
    }

    @Property(tries = 100)
    void nothingOfAListIsLostOrDoubled(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 5) Integer> parallelisms,
            @ForAll @IntRange(max = 40) int elements,
            @ForAll boolean lookedAt) {
        List<OperatorStates> subtasks = fresh(3);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < elements; i++) {
            all.add("element " + i);
            subtasks.get(i * i % 3).getListState(NAMES).add("element " + i);
        }
        for (int parallelism : parallelisms) {
            subtasks = restored(subtasks, parallelism);
            if (lookedAt) {
                lists(subtasks);
            }
        }
        assertThat(lists(subtasks).stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void everySubtaskHasAllOfAUnionList() {
        List<OperatorStates> before = fresh(2);
        before.get(0).getUnionListState(NAMES).add("a");
        before.get(1).getUnionListState(NAMES).addAll(List.of("b", "c"));
        List<String> all = List.of("a", "b", "c");
        assertThat(unions(restored(before, 2))).containsExactly(all, all);
        assertThat(unions(restored(before, 3))).containsExactly(all, all, all);
        assertThat(unions(restored(before, 1))).containsExactly(all);
    }

    @Test
    void aUnionListThatNobodyAsksForIsHandedOnOnce() {
        List<OperatorStates> before = fresh(3);
        before.get(0).getUnionListState(NAMES).add("a");
        before.get(1).getUnionListState(NAMES).add("b");
        before.get(2).getUnionListState(NAMES).add("c");
        List<OperatorStates> later = restored(restored(restored(before, 2), 5), 2);
        assertThat(unions(later).get(0)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(unions(later).get(1)).containsExactlyElementsOf(unions(later).get(0));
    }

    @Test
    void newSubtasksGetACopyOfBroadcastState() {
        List<OperatorStates> before = fresh(2);
        before.forEach(states -> states.getBroadcastState(RULES).putAll(Map.of(1, "one", 2, "two")));
        for (int parallelism : new int[] {1, 2, 5}) {
            for (OperatorStates states : restored(restored(before, 3), parallelism)) {
                BroadcastState<Integer, String> rules = states.getBroadcastState(RULES);
                assertThat(rules.get(1)).isEqualTo("one");
                assertThat(rules.contains(2)).isTrue();
                assertThat(rules.entries()).hasSize(2);
            }
        }
    }

    @Test
    void eachSubtaskHasItsOwnBroadcastStateAgain() {
        List<OperatorStates> before = fresh(2);
        before.get(0).getBroadcastState(RULES).put(1, "zero's");
        before.get(1).getBroadcastState(RULES).put(1, "one's");
        List<OperatorStates> after = restored(before, 3);
        assertThat(after.get(0).getBroadcastState(RULES).get(1)).isEqualTo("zero's");
        assertThat(after.get(1).getBroadcastState(RULES).get(1)).isEqualTo("one's");
        assertThat(after.get(2).getBroadcastState(RULES).get(1)).isEqualTo("zero's");
    }

    @Test
    void whatIsAddedGoesBehindWhatWasRestoredAndClearForgetsBoth() {
        List<OperatorStates> before = fresh(1);
        before.get(0).getListState(NAMES).add("a");
        List<OperatorStates> after = restored(before, 1);
        after.get(0).getListState(NAMES).add("b");
        after = restored(after, 1);
        assertThat(lists(after)).containsExactly(List.of("a", "b"));
        after = restored(after, 1);
        after.get(0).getListState(NAMES).update(List.of("c"));
        assertThat(lists(restored(after, 1))).containsExactly(List.of("c"));
        after.get(0).getListState(NAMES).clear();
        assertThat(lists(restored(after, 1))).containsExactly(List.of());
    }

    @Test
    void largeElementsSpreadOverBlocks() {
        List<OperatorStates> before = fresh(1);
        List<String> large =
                IntStream.range(0, 20).mapToObj(i -> i + "x".repeat(30_000)).toList();
        before.get(0).getListState(NAMES).addAll(large);
        assertThat(lists(restored(before, 1)).get(0)).isEqualTo(large);
        assertThat(lists(restored(before, 2)).get(1)).hasSize(10);
    }

    @Test
    void oneNameIsOneState() {
        OperatorStates states = fresh(1).get(0);
        ListState<String> names = states.getListState(NAMES);
        assertThat(states.getListState(NAMES)).isSameAs(names);
        assertThatThrownBy(() -> states.getUnionListState(NAMES)).hasMessageContaining("STATE_REDEFINED");
        assertThatThrownBy(() -> states.getListState(new ListStateDescriptor<>("names", Long.class)))
                .hasMessageContaining("STATE_REDEFINED");
        states.getBroadcastState(RULES);
        assertThat(states.getRegisteredStateNames()).containsExactly("names");
        assertThat(states.getRegisteredBroadcastStateNames()).containsExactly("rules");
    }

    @Test
    void anotherKindOrTypeThanWasWrittenIsRefused() {
        List<OperatorStates> before = fresh(1);
        before.get(0).getListState(NAMES).add("a");
        OperatorStates after = restored(before, 1).get(0);
        assertThatThrownBy(() -> after.getUnionListState(NAMES))
                .hasMessageContaining("STATE_INCOMPATIBLE")
                .hasMessageContaining("is union ListState of String and was operator ListState of String");
        assertThatThrownBy(() -> after.getListState(new ListStateDescriptor<>("names", Long.class)))
                .hasMessageContaining("State 'names' does not fit: it is Long and was String");
    }

    @Test
    void nullsAreRefused() {
        ListState<String> names = fresh(1).get(0).getListState(NAMES);
        List<String> withNull = new ArrayList<>();
        withNull.add(null);
        assertThatThrownBy(() -> names.addAll(withNull)).hasMessageContaining("STATE_NULL_ELEMENT");
        assertThatThrownBy(() -> names.update(withNull)).hasMessageContaining("STATE_NULL_ELEMENT");
        assertThat(names.get()).isEmpty();
    }

    @Test
    void bytesThatAreNoElementsAreRefusedByName() {
        RestoredPart part =
                new RestoredPart(PartKind.OPERATOR_LIST, "names", 0, 0, 1, List.of(ByteBuffer.wrap(new byte[] {2, 9})));
        OperatorStates states = new OperatorStates(
                CODE, new RestoredOperator(0, 1, 1, List.of(), List.of(new RestoredOperator.Part(0, part))));
        assertThatThrownBy(() -> states.getListState(NAMES))
                .hasMessageContaining("STATE_NOT_READABLE")
                .hasMessageContaining("names");
    }
}
