package io.millrace.client.connectors.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.client.connectors.kafka.Patience;
import io.millrace.common.core.error.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The enumerator, stepped by hand over a fake cluster. */
class KafkaEnumeratorTest {
    private static final OffsetsInitializer LATEST = OffsetsInitializer.latest();

    private final FakeCluster cluster = new FakeCluster();
    private final List<String> assigned = new ArrayList<>();
    private final List<String> dealt = new ArrayList<>();
    private final HeldCalls calls = new HeldCalls(
            2,
            (split, reader) -> assigned.add(reader + ":" + split.splitId() + "@" + split.position()
                    + (split.stop() == Long.MAX_VALUE ? "" : "-" + split.stop())),
            (event, reader) -> dealt.add(reader + ":" + event));
    private long nowNanos;

    private KafkaEnumerator enumerator(@Nullable OffsetsInitializer stop, long interval, KafkaEnumeratorState state) {
        KafkaSourceSettings settings = new KafkaSourceSettings(
                new TreeMap<>(Map.of("bootstrap.servers", "h:1")),
                new ArrayList<>(List.of("t")),
                null,
                LATEST,
                stop,
                interval);
        Patience patience = new Patience(Duration.ofMinutes(3), () -> nowNanos, () -> {});
        KafkaEnumerator enumerator = new KafkaEnumerator(settings, calls, cluster, patience, state);
        enumerator.start();
        return enumerator;
    }

    private KafkaEnumerator unbounded() {
        return enumerator(null, 60_000, KafkaEnumeratorState.START);
    }

    @Test
    void partitionsAreDealtToTheSameReadersWheneverTheyRegister() {
        cluster.add(0, 1, 2);
        KafkaEnumerator enumerator = unbounded();
        enumerator.addReader(0);
        assertThat(assigned).isEmpty();
        assertThat(dealt).isEmpty();
        calls.run();
        int even = Math.floorMod("t".hashCode(), 2);
        enumerator.addReader(1);
        assertThat(assigned).containsExactlyInAnyOrder(even + ":t-0@100", (1 - even) + ":t-1@110", even + ":t-2@120");
        assertThat(dealt).containsExactly("0:SplitsDealt[partitions=3]", "1:SplitsDealt[partitions=3]");
        assertThat(calls.served()).isEmpty();
    }

    @Test
    void boundedSourceTellsReadersThatNothingFollowsAndLooksOnce() {
        cluster.add(0);
        KafkaEnumerator enumerator = enumerator(
                OffsetsInitializer.offsets(Map.of(new TopicPartition("t", 0), 150L)),
                60_000,
                KafkaEnumeratorState.START);
        enumerator.addReader(0);
        assertThat(calls.served()).isEmpty();
        calls.run();
        enumerator.addReader(1);
        assertThat(assigned).singleElement().asString().endsWith(":t-0@100-150");
        assertThat(calls.served()).containsExactly(0, 1);
        assertThat(calls.isPeriodic()).isFalse();
    }

    @Test
    void partitionWithNothingToReadIsNotDealt() {
        cluster.add(0);
        enumerator(LATEST, 0, KafkaEnumeratorState.START).addReader(0);
        calls.run();
        assertThat(assigned).isEmpty();
        assertThat(calls.served()).containsExactly(0);
    }

    @Test
    void laterPartitionsStartAtTheirBeginningAlsoAfterARestore() {
        cluster.add(0);
        KafkaEnumerator first = unbounded();
        calls.run();
        KafkaEnumeratorState state = first.snapshotState(1);
        assertThat(state.unassigned()).hasSize(1);
        cluster.add(3);
        KafkaEnumerator restored = enumerator(null, 60_000, state);
        restored.addReader(0);
        restored.addReader(1);
        calls.run();
        assertThat(assigned).extracting(text -> text.substring(2)).containsExactly("t-0@100", "t-3@30");
        calls.lookAgain();
        assertThat(assigned).hasSize(2);
    }

    @Test
    void snapshotBeforeTheFirstAnswerStartsOverAsAFreshJobDoes() {
        cluster.add(0);
        KafkaEnumerator first = unbounded();
        calls.runOne();
        KafkaEnumeratorState state = first.snapshotState(1);
        assertThat(state).isEqualTo(KafkaEnumeratorState.START);
        calls.run();
        KafkaEnumerator restored = enumerator(null, 60_000, state);
        restored.addReader(0);
        restored.addReader(1);
        calls.run();
        assertThat(assigned).singleElement().asString().endsWith("t-0@100");
    }

    @Test
    void splitsOfALostReaderAreDealtAgainWhereTheyWere() {
        cluster.add(0);
        KafkaEnumerator enumerator = unbounded();
        enumerator.addReader(0);
        enumerator.addReader(1);
        calls.run();
        enumerator.addSplitsBack(List.of(new KafkaPartitionSplit("t", 0, 123, Long.MAX_VALUE)), 0);
        assertThat(assigned).last().asString().endsWith("t-0@123");
    }

    @Test
    void brokersMayBeAwayForAMinuteButNotForEver() {
        cluster.add(0);
        KafkaEnumerator enumerator = unbounded();
        enumerator.addReader(0);
        enumerator.addReader(1);
        calls.run();
        cluster.fail(new TimeoutException("nobody answers"));
        calls.lookAgain();
        nowNanos += Duration.ofMinutes(1).toNanos();
        calls.lookAgain();
        cluster.fail(null);
        calls.lookAgain();
        nowNanos += Duration.ofHours(1).toNanos();
        cluster.fail(new TimeoutException("nobody answers"));
        calls.lookAgain();
        nowNanos += Duration.ofMinutes(3).toNanos();
        MillraceException away = catchThrowableOfType(MillraceException.class, calls::lookAgain);
        assertThat(away.code()).isEqualTo("KAFKA_UNREACHABLE");
        assertThat(away.problem().where()).isEqualTo("Kafka source t at h:1");
    }

    @Test
    void firstLookIsRepeatedUntilBrokersAnswer() {
        cluster.add(0);
        cluster.fail(new TimeoutException("nobody answers"));
        enumerator(LATEST, 0, KafkaEnumeratorState.START).addReader(0);
        calls.runOne();
        calls.runOne();
        cluster.fail(null);
        calls.run();
        assertThat(calls.served()).containsExactly(0);
    }

    @Test
    void refusedAccessIsNoOutage() {
        cluster.fail(new SaslAuthenticationException("who are you"));
        unbounded();
        assertThat(catchThrowableOfType(MillraceException.class, calls::run).code())
                .isEqualTo("KAFKA_ACCESS_DENIED");
    }

    @Test
    void partitionThatIsGoneFailsByName() {
        cluster.add(0, 1);
        unbounded();
        calls.run();
        cluster.remove(1);
        MillraceException gone = catchThrowableOfType(MillraceException.class, calls::lookAgain);
        assertThat(gone.code()).isEqualTo("KAFKA_PARTITIONS_SHRANK");
        assertThat(gone.problem().what()).contains("t-1").doesNotContain("t-0");
    }

    @Test
    void topicThatWasMadeAgainFailsByNameAlsoAfterARestore() {
        cluster.add(0);
        KafkaEnumerator first = unbounded();
        calls.run();
        cluster.replaceTopic("");
        calls.lookAgain();
        KafkaEnumeratorState state = first.snapshotState(1);
        cluster.replaceTopic("second");
        MillraceException replaced = catchThrowableOfType(MillraceException.class, calls::lookAgain);
        assertThat(replaced.code()).isEqualTo("KAFKA_TOPIC_REPLACED");
        assertThat(replaced.problem().what()).contains("'t'");
        enumerator(LATEST, 0, state);
        assertThat(catchThrowableOfType(MillraceException.class, calls::run).code())
                .isEqualTo("KAFKA_TOPIC_REPLACED");
    }

    @Test
    void restoredBoundedSourceReadsNoPartitionsThatCameLater() {
        cluster.add(0);
        KafkaEnumerator first = enumerator(LATEST, 0, KafkaEnumeratorState.START);
        calls.run();
        KafkaEnumeratorState state = first.snapshotState(1);
        cluster.add(1);
        KafkaEnumerator restored = enumerator(LATEST, 0, state);
        restored.addReader(0);
        restored.addReader(1);
        calls.run();
        assertThat(assigned).isEmpty();
        assertThat(calls.served()).containsExactly(0, 1);
    }

    @Test
    void clusterIsLeftAtTheEnd() {
        unbounded().close();
        assertThat(cluster.isClosed()).isTrue();
    }

    @Test
    void committedOffsetsFallBackAsAsked() throws InterruptedException {
        cluster.commit(1, 15);
        Set<TopicPartition> both = Set.of(new TopicPartition("t", 0), new TopicPartition("t", 1));
        assertThat(OffsetsInitializer.committedOffsets(OffsetResetStrategy.LATEST)
                        .getPartitionOffsets(both, cluster))
                .containsOnly(Map.entry(new TopicPartition("t", 0), 100L), Map.entry(new TopicPartition("t", 1), 15L));
        assertThat(OffsetsInitializer.timestamp(5).getPartitionOffsets(both, cluster))
                .containsOnly(Map.entry(new TopicPartition("t", 0), 100L), Map.entry(new TopicPartition("t", 1), 110L));
    }
}
