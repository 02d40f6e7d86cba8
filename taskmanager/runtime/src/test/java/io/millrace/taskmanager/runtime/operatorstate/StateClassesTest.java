package io.millrace.taskmanager.runtime.operatorstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.types.CompiledClass;
import io.millrace.api.types.SerializerFactory;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that name their classes, of two versions of a job. */
class StateClassesTest {
    private static final Class<Object> OLD = CompiledClass.of("Event", "public record Event(int id) {}");

    private static JobCode codeOf(Class<?> version) {
        return new JobCode(version.getClassLoader(), SerializerFactory.create());
    }

    /** What an operator tells whose list has these elements. */
    private static OperatorSchemas told(Class<?> declared, Object element, List<StateSchema> restored) {
        JobCode code = codeOf(OLD);
        OperatorStates states = new OperatorStates(code, RestoredOperator.NONE);
        @SuppressWarnings("unchecked") // handled as objects
        Class<Object> type = (Class<Object>) declared;
        states.getListState(new ListStateDescriptor<>("all", type)).add(element);
        states.snapshot(new PartCollector(3, new ArrayList<>(), new ArrayList<>()));
        return new StateClasses(code, operator -> restored).with(new OperatorSchemas(3, states.schemas()));
    }

    private static Object event() throws ReflectiveOperationException {
        return OLD.getConstructors()[0].newInstance(7);
    }

    @Test
    void classesThatWereMetAreToldBesideTheStates() throws ReflectiveOperationException {
        OperatorSchemas told = told(Object.class, event(), List.of());
        assertThat(told.schemas()).extracting(StateSchema::state).containsExactly("operator:all", "class:Event");
        assertThat(told(Object.class, "text", told.schemas()).schemas())
                .extracting(StateSchema::state)
                .containsExactly("operator:all", "class:Event");
    }

    @Test
    void whereTheTypeSaysEverythingNoClassesAreTold() throws ReflectiveOperationException {
        assertThat(told(OLD, event(), List.of()).schemas()).hasSize(1);
    }

    @Test
    void aClassThatChangedIsRefusedByNameWhenTheChainIsBuilt() throws ReflectiveOperationException {
        List<StateSchema> written = told(Object.class, event(), List.of()).schemas();
        Class<Object> changed = CompiledClass.of("Event", "public record Event(int id, String more) {}");
        assertThatThrownBy(() -> new StateClasses(codeOf(changed), operator -> written).check(3))
                .hasMessageContaining("STATE_INCOMPATIBLE")
                .hasMessageContaining("Event has changed: Event.more is new");
        Class<Object> same = CompiledClass.of("Event", "public record Event(int id) { void more() {} }");
        assertThatCode(() -> new StateClasses(codeOf(same), operator -> written).check(3))
                .doesNotThrowAnyException();
    }

    @Test
    void aClassThatIsGoneIsMissedOnlyByItsValues() throws ReflectiveOperationException {
        List<StateSchema> written = told(Object.class, event(), List.of()).schemas();
        assertThatCode(() -> new StateClasses(codeOf(StateClassesTest.class), operator -> written).check(3))
                .doesNotThrowAnyException();
    }
}
