package io.millrace.common.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.ApiErrors;
import io.millrace.api.datastream.DataStream;
import io.millrace.api.datastream.SingleOutputStreamOperator;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.execution.JobTerms;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.types.Types;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is wrong with a job is refused with its code, its place and the way out. */
class BadJobTest {
    private final StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

    private DataStream<Long> numbers() {
        return env.fromSequence(1, 10);
    }

    private Problem refusal() {
        MillraceException refused = catchThrowableOfType(MillraceException.class, () -> env.getJobGraph("bad"));
        return refused.problem();
    }

    @Test
    void jobWithoutOperatorsIsRefused() {
        assertThat(refusal().code()).isEqualTo("JOB_WITHOUT_SOURCE");
        assertThat(refusal().nextStep()).contains("fromData", "print()");
    }

    @Test
    void jobWithoutSinkIsRefused() {
        numbers().map(x -> x).name("last");
        assertThat(refusal().code()).isEqualTo("JOB_WITHOUT_SINK");
        assertThat(refusal().where()).startsWith("BadJobTest.java:").endsWith("operator 'last'");
    }

    @Test
    void whatASinkRefusesIsToldWithTheLineThatAddedIt() {
        env.enableCheckpointing(1_000);
        env.getCheckpointConfig().setCheckpointTimeout(90_000);
        numbers().sinkTo(new PickySink()).name("picky");
        assertThat(refusal().code()).isEqualTo("BAD_ARGUMENT");
        assertThat(refusal().what()).contains("PT1M30S");
        assertThat(refusal().where()).startsWith("BadJobTest.java:").endsWith("operator 'Sink: picky'");
    }

    /** Refuses every job that takes checkpoints. */
    private static final class PickySink implements Sink<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<Long> createWriter(WriterInitContext context) {
            throw new UnsupportedOperationException("never runs");
        }

        @Override
        public void validate(JobTerms terms) {
            if (terms.isCheckpointed()) {
                throw Problem.of(ApiErrors.BAD_ARGUMENT, "Not with " + terms.checkpointTimeout())
                        .asException();
            }
        }
    }

    @Test
    void everyProblemIsListedAtOnce() {
        numbers()
                .map(x -> x)
                .uid("same")
                .setParallelism(0)
                .name("first")
                .forward()
                .print()
                .setParallelism(5);
        numbers().map(x -> x).uid("same").name("second").print();
        Socket socket = new Socket();
        numbers().map(x -> x + socket.getPort()).name("third").print();
        numbers().map(x -> new Closed(1)).name("fourth").print();
        Problem problem = refusal();
        assertThat(problem.code()).isEqualTo("JOB_INVALID");
        assertThat(problem.what()).isEqualTo("The job 'bad' has 5 problems");
        assertThat(problem.why())
                .contains("[UID_NOT_UNIQUE] Two operators have the uid 'same'")
                .contains("operator 'second' and ", "operator 'first'")
                .contains("[PARALLELISM_OUT_OF_BOUNDS]", "from 1 to the maximum parallelism of 32768, found 0")
                .contains("[FORWARD_NOT_POSSIBLE]", "found 0 and 5")
                .contains("[CLOSURE_NOT_SERIALIZABLE]", "operator 'third'")
                .contains("[TYPE_NOT_SERIALIZABLE]", "operator 'fourth'");
    }

    @Test
    void parallelismIsWithinBounds() {
        numbers().map(x -> x).setMaxParallelism(4).setParallelism(5).print();
        assertThat(refusal().what()).isEqualTo("A parallelism is from 1 to the maximum parallelism of 4, found 5");
    }

    @Test
    void maximumParallelismIsWithinBounds() {
        numbers().print().setMaxParallelism(32_769);
        assertThat(refusal().code()).isEqualTo("PARALLELISM_OUT_OF_BOUNDS");
        assertThat(refusal().what()).contains("from 1 to 32768, found 32769");
    }

    @Test
    void functionThatCannotBeSerializedIsNamedWithItsPlace() {
        Socket socket = new Socket();
        numbers().map(x -> x + socket.getPort()).name("ports").print();
        Problem problem = refusal();
        assertThat(problem.code()).isEqualTo("CLOSURE_NOT_SERIALIZABLE");
        assertThat(problem.what()).endsWith("lambda in BadJobTest, captured value 1 (java.net.Socket)");
        assertThat(problem.where()).startsWith("BadJobTest.java:").endsWith("operator 'ports'");
    }

    /** Has neither a constructor without arguments nor is it a record. */
    static final class Closed {
        final int value;

        Closed(int value) {
            this.value = value;
        }
    }

    @Test
    void typeWithoutSerializerIsNamedWithItsPlaceOnce() {
        numbers()
                .map(x -> new Closed(1))
                .name("closing")
                .filter(x -> x.value > 0)
                .print();
        Problem problem = refusal();
        assertThat(problem.code()).isEqualTo("TYPE_NOT_SERIALIZABLE");
        assertThat(problem.render()).contains("Closed", "record");
        assertThat(problem.where()).startsWith("BadJobTest.java:").endsWith(", operator 'closing': BadJobTest.Closed");
    }

    @Test
    void sideOutputIsReadWithOneType() {
        SingleOutputStreamOperator<Long> process = numbers().map(x -> x);
        process.getSideOutput(new OutputTag<>("side", Types.STRING)).print();
        process.getSideOutput(new OutputTag<>("side", Types.LONG)).print();
        assertThat(refusal().code()).isEqualTo("SIDE_OUTPUT_TYPE_CONFLICT");
        assertThat(refusal().what()).isEqualTo("The side output 'side' is read as String and as Long");
    }

    @Test
    void keyedStreamTakesNoOtherExchange() {
        assertThatThrownBy(() -> numbers().keyBy(x -> x).rebalance())
                .hasMessageContaining("[EXCHANGE_ON_KEYED_STREAM]")
                .hasMessageContaining("REBALANCE");
    }

    @Test
    void fieldToSumUpMustExistAndBeANumber() {
        record Visit(String user, int bytes) {}
        DataStream<Visit> visits = numbers().map(x -> new Visit("u", 1));
        visits.keyBy(Visit::user).sum("byte").name("missing").print();
        visits.keyBy(Visit::user).sum("user").name("text").print();
        visits.keyBy(Visit::user).sum(1).name("position").print();
        numbers()
                .map(x -> Tuple2.of(x, x))
                .keyBy(x -> x.f0)
                .sum(2)
                .name("tuple")
                .print();
        Problem problem = refusal();
        assertThat(problem.code()).isEqualTo("JOB_INVALID");
        assertThat(problem.why())
                .contains("its components are user, bytes")
                .contains("it is a java.lang.String")
                .contains("only tuples have fields by position")
                .contains("it has 2 fields, the first one is 0")
                .contains("operator 'missing'", "operator 'tuple'");
    }

    @Test
    void badArgumentsAreRefusedAtTheCall() {
        assertThatThrownBy(() -> env.fromSequence(2, 1)).hasMessageContaining("[BAD_ARGUMENT]");
        assertThatThrownBy(() -> env.fromSequence(Long.MIN_VALUE, Long.MAX_VALUE))
                .hasMessageContaining("[BAD_ARGUMENT]");
        assertThatThrownBy(() -> numbers().map(x -> x).uid(" ")).hasMessageContaining("[BAD_ARGUMENT]");
        assertThatThrownBy(() -> numbers()
                        .keyBy(x -> x)
                        .window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
                        .allowedLateness(Duration.ofMillis(-1)))
                .hasMessageContaining("[BAD_ARGUMENT]");
    }

    @Test
    void badSettingIsRefusedAtTheCall() {
        assertThatThrownBy(() -> env.enableCheckpointing(-5))
                .hasMessageContaining("[CONFIG_BAD_VALUE]")
                .hasMessageContaining("checkpoint.interval");
    }

    @Test
    void nothingIsLeftOfARefusedJob() {
        numbers();
        assertThatThrownBy(env::execute).hasMessageContaining("[JOB_WITHOUT_SINK]");
        assertThat(refusal().code()).isEqualTo("JOB_WITHOUT_SOURCE");
    }

    @Test
    void withoutExecutorTheMissingDependencyIsNamed() {
        numbers().print();
        assertThatThrownBy(env::execute)
                .hasMessageContaining("[NO_EXECUTOR]")
                .hasMessageContaining("io.millrace:millrace-local");
    }
}
