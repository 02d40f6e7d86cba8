package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.functions.MapFunction;
import io.millrace.taskmanager.runtime.operator.MapOperator;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Discard;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PositionClassesTest {
    private final List<Runnable> releases = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();

    private Operator map(PositionClasses classes, MapFunction<Object, Object> function) {
        OperatorScope scope = new OperatorScope("map", "", 0, 1, new Brake());
        return classes.create(
                Operator.class, MapOperator.class, releases, scope, Discard.INSTANCE, Discard.INSTANCE, function);
    }

    @Test
    void theFirstPositionHasTheClassAndLaterOnesHaveCopiesThatDoTheSame() {
        PositionClasses classes = new PositionClasses(10);
        List<Operator> operators = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            operators.add(map(classes, value -> {
                seen.add(value);
                return value;
            }));
        }
        operators.forEach(operator -> operator.element("x", 1));

        assertThat(seen).hasSize(4);
        assertThat(operators.get(0)).isExactlyInstanceOf(MapOperator.class);
        assertThat(operators.subList(1, 4))
                .allSatisfy(
                        operator -> assertThat(operator.getClass().isHidden()).isTrue());
        assertThat(operators.stream().map(Object::getClass).distinct()).hasSize(4);
    }

    @Test
    void beyondTheLimitPositionsShareTheClassAndWhatIsReleasedCanBeHadAgain() {
        PositionClasses classes = new PositionClasses(1);
        map(classes, value -> value);
        assertThat(map(classes, value -> value).getClass().isHidden()).isTrue();
        assertThat(map(classes, value -> value)).isExactlyInstanceOf(MapOperator.class);

        releases.forEach(Runnable::run);
        assertThat(classes.hidden()).isZero();
        assertThat(map(classes, value -> value).getClass().isHidden()).isTrue();
    }

    @Test
    void whatAConstructorThrowsArrivesAsItWas() {
        PositionClasses classes = new PositionClasses(1);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> classes.create(Output.class, RefusingOutput.class, releases, "why"))
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("why");
        }
    }
}
