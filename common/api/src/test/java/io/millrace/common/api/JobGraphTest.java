package io.millrace.common.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.datastream.SingleOutputStreamOperator;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.plan.EnumeratorSpec;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.SourceSpec;
import io.millrace.api.sink.lib.DiscardingSink;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import org.junit.jupiter.api.Test;

/** How streams become vertices, chains and edges. */
class JobGraphTest {
    private static final OutputTag<String> ODD = new OutputTag<>("odd") {};

    private final StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

    private SingleOutputStreamOperator<Long> numbers() {
        return env.fromSequence(1, 10).name("numbers");
    }

    private JobGraph graph() {
        return env.getJobGraph("test");
    }

    static final class Splitting extends ProcessFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, Context ctx, Collector<Long> out) {
            if (value % 2 == 0) {
                out.collect(value);
            } else {
                ctx.output(ODD, "odd " + value);
            }
        }
    }

    @Test
    void sourceIsAnEnumeratorAndReaders() {
        env.setParallelism(3);
        numbers().slotSharingGroup("reading").uid("numbers-uid").print();
        JobGraph graph = graph();
        assertThat(Graphs.vertices(graph))
                .containsExactly("numbers (splits) x1", "numbers -> Sink: Print to Std. Out x3");
        assertThat(Graphs.edges(graph)).containsExactly("numbers (splits) =ASSIGNMENT=> numbers");
        JobEdge edge = graph.edges().get(0);
        assertThat(edge.payload()).isEqualTo(OpaqueBytes.EMPTY);
        EnumeratorSpec<?, ?> enumerator = Graphs.spec(graph, "numbers (splits)", EnumeratorSpec.class);
        assertThat(enumerator.readers()).isEqualTo(3);
        assertThat(Graphs.spec(graph, "numbers", SourceSpec.class).outputType()).isEqualTo(Types.LONG);
        assertThat(graph.vertices()).extracting(JobVertex::slotSharingGroup).containsOnly("reading");
        assertThat(Graphs.node(graph, "numbers (splits)").uid()).isEqualTo("numbers-uid/splits");
        assertThat(Graphs.node(graph, "numbers").uid()).isEqualTo("numbers-uid");
    }

    @Test
    void operatorsOfTheSameParallelismAreChained() {
        numbers().map(x -> x + 1).name("inc").filter(x -> x > 3).name("big").print();
        JobGraph graph = graph();
        assertThat(Graphs.vertices(graph))
                .containsExactly("numbers (splits) x1", "numbers -> inc -> big -> Sink: Print to Std. Out x1");
        JobVertex chain = graph.vertices().get(1);
        assertThat(chain.name()).isEqualTo("numbers -> inc -> big -> Sink: Print to Std. Out");
        int first = chain.head().id();
        assertThat(chain.links())
                .containsExactly(
                        new ChainLink(first, first + 1, 0, ""),
                        new ChainLink(first + 1, first + 2, 0, ""),
                        new ChainLink(first + 2, first + 3, 0, ""));
    }

    @Test
    void chainMayBranch() {
        DataStream<Long> numbers = numbers();
        numbers.map(x -> x + 1).name("a").print();
        numbers.map(x -> x + 2).name("b").sinkTo(new DiscardingSink<>()).name("gone");
        JobGraph graph = graph();
        assertThat(graph.vertices()).hasSize(2);
        int head = graph.vertices().get(1).head().id();
        assertThat(graph.vertices().get(1).links())
                .filteredOn(link -> link.from() == head)
                .hasSize(2);
    }

    @Test
    void otherParallelismEndsAChainWithARebalance() {
        numbers()
                .setParallelism(2)
                .map(x -> x + 1)
                .name("inc")
                .setParallelism(3)
                .print()
                .setParallelism(3);
        JobGraph graph = graph();
        assertThat(Graphs.vertices(graph))
                .containsExactly("numbers (splits) x1", "numbers x2", "inc -> Sink: Print to Std. Out x3");
        assertThat(Graphs.edges(graph)).contains("numbers =REBALANCE=> inc");
    }

    @Test
    void chainingIsForbiddenPerOperatorAndPerJob() {
        numbers()
                .map(x -> x)
                .name("alone")
                .disableChaining()
                .map(x -> x)
                .name("after")
                .print();
        assertThat(Graphs.vertices(graph()))
                .containsExactly(
                        "numbers (splits) x1", "numbers x1", "alone x1", "after -> Sink: Print to Std. Out x1");
        assertThat(Graphs.edges(graph())).contains("numbers =FORWARD=> alone", "alone =FORWARD=> after");

        env.disableOperatorChaining();
        assertThat(graph().vertices()).hasSize(5);
    }

    @Test
    void newChainStartsWhereAsked() {
        numbers()
                .map(x -> x)
                .name("head")
                .startNewChain()
                .map(x -> x)
                .name("after")
                .print();
        assertThat(Graphs.vertices(graph()))
                .containsExactly("numbers (splits) x1", "numbers x1", "head -> after -> Sink: Print to Std. Out x1");
    }

    @Test
    void slotSharingGroupIsTakenOverAndEndsAChain() {
        numbers()
                .map(x -> x)
                .name("a")
                .slotSharingGroup("heavy")
                .map(x -> x)
                .name("b")
                .print();
        JobGraph graph = graph();
        assertThat(Graphs.vertices(graph))
                .containsExactly("numbers (splits) x1", "numbers x1", "a -> b -> Sink: Print to Std. Out x1");
        assertThat(graph.vertices())
                .extracting(JobVertex::slotSharingGroup)
                .containsExactly("default", "default", "heavy");
    }

    @Test
    void everyExchangeVerbGivesItsEdge() {
        env.setParallelism(2);
        DataStream<Long> numbers = numbers();
        numbers.rebalance().map(x -> x).name("rebalanced").print();
        numbers.rescale().map(x -> x).name("rescaled").print();
        numbers.shuffle().map(x -> x).name("shuffled").print();
        numbers.broadcast().map(x -> x).name("broadcast").print();
        numbers.global().map(x -> x).name("global").print();
        numbers.forward().map(x -> x).name("forwarded").print();
        numbers.keyBy(x -> x % 3).map(x -> x).name("keyed").print();
        numbers.partitionCustom((Long key, int partitions) -> (int) (key % partitions), x -> x)
                .map(x -> x)
                .name("custom")
                .print();
        JobGraph graph = graph();
        assertThat(Graphs.edges(graph))
                .containsExactly(
                        "numbers (splits) =ASSIGNMENT=> numbers",
                        "numbers =REBALANCE=> rebalanced",
                        "numbers =RESCALE=> rescaled",
                        "numbers =SHUFFLE=> shuffled",
                        "numbers =BROADCAST=> broadcast",
                        "numbers =GLOBAL=> global",
                        "numbers =HASH=> keyed",
                        "numbers =CUSTOM=> custom");
        assertThat(Graphs.vertices(graph).get(1)).as("forward is chained").contains("forwarded");
    }

    @Test
    void exchangeKnowsElementKeyAndPartitioner() throws Exception {
        DataStream<Long> numbers = numbers();
        numbers.keyBy(x -> "key " + x).map(x -> x).name("keyed").print();
        numbers.partitionCustom((Integer key, int partitions) -> 7, x -> 1)
                .map(x -> x)
                .name("custom")
                .print();
        JobGraph graph = graph();
        JobEdge keyed = graph.edges().get(1);
        ExchangeSpec<?, ?> hash = Graphs.exchange(keyed);
        assertThat(keyed.kind()).isEqualTo(ExchangeKind.HASH);
        assertThat(hash.elementType()).isEqualTo(Types.LONG);
        assertThat(hash.keying().keyType()).isEqualTo(Types.STRING);
        assertThat(hash.partitioner()).isNull();
        @SuppressWarnings("unchecked")
        ExchangeSpec<Long, Integer> custom =
                (ExchangeSpec<Long, Integer>) Graphs.exchange(graph.edges().get(2));
        assertThat(custom.keying().selector().getKey(5L)).isEqualTo(1);
        assertThat(custom.partitioner().partition(1, 9)).isEqualTo(7);
    }

    @Test
    void unionIsSeveralEdgesIntoOneInput() {
        DataStream<Long> a = numbers().map(x -> x).name("a").disableChaining();
        DataStream<Long> b = numbers().map(x -> x).name("b").disableChaining();
        a.union(b, a).map(x -> x).name("all").print();
        JobGraph graph = graph();
        assertThat(Graphs.edges(graph))
                .contains("a =FORWARD=> all", "b =FORWARD=> all")
                .filteredOn(edge -> edge.equals("a =FORWARD=> all"))
                .as("a stream may be in a union twice")
                .hasSize(2);
        assertThat(graph.edges()).extracting(JobEdge::targetInput).containsOnly(0);
        assertThat(Graphs.outputType(graph, "all")).isEqualTo("Long");
    }

    @Test
    void unionMayBeKeyed() {
        numbers().union(numbers()).keyBy(x -> x).reduce(Long::sum).name("sum").print();
        assertThat(Graphs.edges(graph()))
                .filteredOn(edge -> edge.equals("numbers =HASH=> sum"))
                .hasSize(2);
    }

    @Test
    void sideOutputIsLinkedInAChainAndOnAnEdge() {
        SingleOutputStreamOperator<Long> even =
                numbers().process(new Splitting()).name("splitting");
        even.getSideOutput(ODD).map(text -> text).name("chained").print();
        even.getSideOutput(ODD).rebalance().map(text -> text).name("sent").print();
        JobGraph graph = graph();
        assertThat(Graphs.edges(graph)).contains("splitting:odd =REBALANCE=> sent");
        assertThat(Graphs.vertexOf(graph, "splitting").links())
                .filteredOn(link -> link.sideOutput().equals("odd"))
                .hasSize(1);
        assertThat(Graphs.plan(graph, "splitting").sideOutputs())
                .containsOnly(java.util.Map.entry("odd", Types.STRING));
        assertThat(Graphs.outputType(graph, "chained")).isEqualTo("String");
    }

    @Test
    void sideOutputThatNobodyReadsHasNoType() {
        numbers().process(new Splitting()).name("splitting").print();
        assertThat(Graphs.plan(graph(), "splitting").sideOutputs()).isEmpty();
    }

    @Test
    void vertexIdsAreTopologicalAndOperatorIdsUnique() {
        DataStream<Long> a = numbers();
        DataStream<Long> b = numbers().rebalance().map(x -> x);
        a.rebalance().union(b).keyBy(x -> x).reduce(Long::sum).print();
        JobGraph graph = graph();
        for (int i = 0; i < graph.vertices().size(); i++) {
            assertThat(graph.vertices().get(i).id()).isEqualTo(i);
        }
        assertThat(graph.edges()).allMatch(edge -> edge.sourceVertex() < edge.targetVertex());
        assertThat(graph.vertices().stream()
                        .flatMap(vertex -> vertex.operators().stream())
                        .map(node -> node.id())
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void maxParallelismIsOfTheOperatorOrTheJob() {
        env.setMaxParallelism(64);
        numbers()
                .keyBy(x -> x)
                .reduce(Long::sum)
                .name("sum")
                .setMaxParallelism(128)
                .print();
        JobGraph graph = graph();
        assertThat(Graphs.vertexOf(graph, "numbers").maxParallelism()).isEqualTo(64);
        assertThat(Graphs.vertexOf(graph, "sum").maxParallelism()).isEqualTo(128);
        assertThat(StreamExecutionEnvironment.getExecutionEnvironment().getMaxParallelism())
                .isEqualTo(32_768);
    }

    @Test
    void everyOperatorKnowsTheLineThatMadeIt() {
        int here = new Throwable().getStackTrace()[0].getLineNumber();
        DataStream<Long> stream = env.fromSequence(1, 2).name("numbers");
        stream.map(x -> x).name("mapped").print();
        JobGraph graph = graph();
        assertThat(Graphs.node(graph, "numbers").place()).isEqualTo("JobGraphTest.java:" + (here + 1));
        assertThat(Graphs.node(graph, "mapped").place()).isEqualTo("JobGraphTest.java:" + (here + 2));
        assertThat(Graphs.node(graph, "Sink: Print to Std. Out").place()).isEqualTo("JobGraphTest.java:" + (here + 2));
    }

    @Test
    void descriptionsNameTheVertex() {
        numbers().setDescription("reads numbers").print().setDescription("prints them");
        assertThat(graph().vertices().get(1).name()).isEqualTo("reads numbers -> prints them");
    }
}
