package io.millrace.api.plan.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.functions.FilterFunction;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.plan.FilterSpec;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.OperatorPlan;
import io.millrace.api.plan.ProcessSpec;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.common.core.error.MillraceException;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Functions that can and that cannot travel. This class itself is not serializable, as a job's class often is. */
class PlanCodecTest {
    private final Socket client = new Socket();
    private final int limit = client.getPort();

    private static OperatorPlan plan(MapFunction<String, Integer> function) {
        return new OperatorPlan(new MapSpec<>(function, Types.INT), Map.of());
    }

    private static byte[] write(MapFunction<String, Integer> function) {
        return PlanCodec.write(plan(function), "Job.java:7").array();
    }

    @SuppressWarnings("unchecked")
    private static int applyRead(byte[] bytes, String value) throws Exception {
        OperatorPlan read = PlanCodec.readOperator(bytes, PlanCodecTest.class.getClassLoader());
        return ((MapSpec<String, Integer>) read.spec()).function().map(value);
    }

    private static MillraceException refusal(MapFunction<String, Integer> function) {
        return catchThrowableOfType(MillraceException.class, () -> write(function));
    }

    @Test
    void lambdaIsReadBackWithWhatItCaptured() throws Exception {
        int captured = 40;
        assertThat(applyRead(write(text -> text.length() + captured), "ab")).isEqualTo(42);
    }

    @Test
    void lambdaThatUsesAFieldNamesTheObjectItDragsAlong() {
        MillraceException refused = refusal(text -> text.length() + limit);
        assertThat(refused.code()).isEqualTo("CLOSURE_NOT_SERIALIZABLE");
        assertThat(refused.problem().what())
                .isEqualTo("A function cannot be serialized: lambda in PlanCodecTest.this ("
                        + PlanCodecTest.class.getName() + ")");
        assertThat(refused.problem().where()).isEqualTo("Job.java:7");
        assertThat(refused.problem().nextStep()).contains("a lambda that uses local variables only");
    }

    @Test
    void lambdaThatCapturesAnOpenSocketNamesTheValue() {
        Socket socket = client;
        assertThat(refusal(text -> socket.getPort()).problem().what())
                .isEqualTo(
                        "A function cannot be serialized: lambda in PlanCodecTest, captured value 1 (java.net.Socket)");
    }

    @Test
    void anonymousClassThatUsesTheObjectAroundItNamesThePath() {
        MillraceException refused = refusal(new MapFunction<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Integer map(String value) {
                return value.length() + limit;
            }
        });
        assertThat(refused.problem().what())
                .containsPattern("PlanCodecTest\\$\\d\\.this\\$0 \\(io\\..*PlanCodecTest\\)");
        assertThat(refused.problem().nextStep()).contains("static nested class");
    }

    @Test
    void anonymousClassThatDoesNotUseTheObjectAroundItIsFreedOfIt() throws Exception {
        int captured = 1;
        byte[] bytes = write(new MapFunction<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Integer map(String value) {
                return value.length() + captured;
            }
        });
        assertThat(applyRead(bytes, "abc")).isEqualTo(4);
    }

    @Test
    void anonymousClassWhoseInnerClassUsesTheObjectAroundItIsLeftAlone() {
        MillraceException refused = refusal(new MapFunction<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Integer map(String value) {
                IntUnaryOperator inner = new IntUnaryOperator() {
                    @Override
                    public int applyAsInt(int other) {
                        return limit - other;
                    }
                };
                return inner.applyAsInt(1);
            }
        });
        assertThat(refused.code()).isEqualTo("CLOSURE_NOT_SERIALIZABLE");
    }

    static final class Enricher implements MapFunction<String, Integer> {
        private static final long serialVersionUID = 1L;

        final Settings settings = new Settings();

        @Override
        public Integer map(String value) {
            return settings.clients.size();
        }
    }

    static final class Settings implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        final List<Object> clients = Arrays.asList("fine", new Object());
    }

    @Test
    void fieldOfAFieldIsNamedWithItsWholePath() {
        assertThat(refusal(new Enricher()).problem().what())
                .isEqualTo("A function cannot be serialized: PlanCodecTest$Enricher.settings -> "
                        + "PlanCodecTest$Settings.clients -> ArrayList[1] (java.lang.Object)");
    }

    @Test
    void tagMadeInAnInstanceMethodTravelsWithoutTheObjectAroundIt() {
        OutputTag<String> tag = new OutputTag<>("late") {};
        ProcessFunction<String, String> function = new ProcessFunction<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public void processElement(String value, Context ctx, Collector<String> out) {
                ctx.output(tag, value);
            }
        };
        byte[] bytes = PlanCodec.write(
                        new OperatorPlan(new ProcessSpec<>(function, Types.STRING), Map.of("late", Types.STRING)), "")
                .array();
        OperatorPlan read = PlanCodec.readOperator(bytes, PlanCodecTest.class.getClassLoader());
        assertThat(read.sideOutputs()).containsEntry("late", Types.STRING);
    }

    @Test
    void classThatIsMissingWhereTheJobRunsIsNamed() {
        FilterFunction<String> filter = text -> text.isEmpty();
        byte[] bytes = PlanCodec.write(new OperatorPlan(new FilterSpec<>(filter, Types.STRING), Map.of()), "")
                .array();
        ClassLoader withoutThisClass = new URLClassLoader(new URL[0], null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith(PlanCodecTest.class.getName())) {
                    throw new ClassNotFoundException(name);
                }
                return PlanCodecTest.class.getClassLoader().loadClass(name);
            }
        };
        assertThatThrownBy(() -> PlanCodec.readOperator(bytes, withoutThisClass))
                .hasMessageContaining("[CLOSURE_NOT_READABLE]")
                .hasMessageContaining(PlanCodecTest.class.getName())
                .hasMessageContaining("not among the job's jars");
    }

    @Test
    void damagedBytesAreRefused() {
        byte[] bytes = write(text -> 1);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PlanCodec.readOperator(cut, PlanCodecTest.class.getClassLoader()))
                    .hasMessageContaining("[CLOSURE_NOT_READABLE]");
        }
        assertThatThrownBy(() -> PlanCodec.readExchange(bytes, PlanCodecTest.class.getClassLoader()))
                .as("the plan of an operator is none of an exchange")
                .hasMessageContaining("[CLOSURE_NOT_READABLE]");
    }
}
