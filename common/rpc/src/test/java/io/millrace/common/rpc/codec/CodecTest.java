package io.millrace.common.rpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.proto.control.CommonProto;
import io.millrace.proto.control.GatewayProto.CheckpointAcknowledged;
import io.millrace.proto.control.GatewayProto.JobManagerMessage;
import io.millrace.proto.control.GatewayProto.TaskManagerMessage;
import io.millrace.proto.control.GraphProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final Epoch EPOCH = new Epoch(11);

    @Test
    void everyMessageOfATaskManagerComesBackAsItWas() throws InvalidProtocolBufferException {
        for (FromTaskManager message : Samples.FROM) {
            byte[] bytes = GatewayCodec.encode(EPOCH, message).toByteArray();
            TaskManagerMessage wire = TaskManagerMessage.parseFrom(bytes);
            assertThat(wire.getLeaderEpoch()).isEqualTo(11);
            assertThat(GatewayCodec.decode(wire)).isEqualTo(message);
        }
        assertThat(Samples.FROM.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(FromTaskManager.class.getPermittedSubclasses());
    }

    @Test
    void everyMessageOfTheJobManagerComesBackAsItWas() throws InvalidProtocolBufferException {
        for (ToTaskManager message : Samples.TO) {
            byte[] bytes = GatewayCodec.encode(EPOCH, message).toByteArray();
            JobManagerMessage wire = JobManagerMessage.parseFrom(bytes);
            assertThat(wire.getLeaderEpoch()).isEqualTo(11);
            assertThat(GatewayCodec.decode(wire)).isEqualTo(message);
        }
        assertThat(Samples.TO.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(ToTaskManager.class.getPermittedSubclasses());
    }

    @Test
    void graphAndViewsComeBackAsTheyWere() {
        assertThat(GraphCodec.decode(GraphCodec.encode(Samples.GRAPH))).isEqualTo(Samples.GRAPH);
        assertThat(StatusCodec.decode(StatusCodec.encode(Samples.DETAILS))).isEqualTo(Samples.DETAILS);
        assertThat(StatusCodec.decode(StatusCodec.encode(Samples.LINES))).isEqualTo(Samples.LINES);
        assertThat(StatusCodec.decode(StatusCodec.encode(Samples.SLOW))).isEqualTo(Samples.SLOW);
        assertThat(StatusCodec.decode(StatusCodec.encode(Samples.END))).isEqualTo(Samples.END);
        assertThat(StatusCodec.decode(StatusCodec.encode(Samples.CLUSTER))).isEqualTo(Samples.CLUSTER);
    }

    @Test
    void aDeploymentWritesEachPeerOnce() {
        assertThat(DeploymentCodec.encode(Samples.DEPLOYMENT).getPeersCount()).isEqualTo(2);
    }

    @Test
    void anUnknownFormatVersionIsRefused() {
        GraphProto.JobGraph graph =
                GraphCodec.encode(Samples.GRAPH).toBuilder().setFormatVersion(2).build();
        assertThatThrownBy(() -> GraphCodec.decode(graph))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("[VERSION_MISMATCH]")
                .hasMessageContaining("format version 2, this process reads 1");
        GraphProto.SubtaskDeployment deployment = DeploymentCodec.encode(Samples.DEPLOYMENT).toBuilder()
                .setFormatVersion(0)
                .build();
        assertThatThrownBy(() -> DeploymentCodec.decode(deployment)).hasMessageContaining("[VERSION_MISMATCH]");
    }

    @Test
    void valuesThatCannotBeAreRefusedWithACode() {
        assertMalformed(TaskManagerMessage.getDefaultInstance());
        TaskManagerMessage registered =
                GatewayCodec.encode(EPOCH, Samples.FROM.get(0)).toBuilder().build();
        assertMalformed(withRegister(registered, 0, "tm-1", "host"));
        assertMalformed(withRegister(registered, 70_000, "tm-1", "host"));
        assertMalformed(withRegister(registered, 6122, "", "host"));
        assertMalformed(withRegister(registered, 6122, "tm-1", ""));
        TaskManagerMessage.Builder failed = GatewayCodec.encode(EPOCH, Samples.FROM.get(3)).toBuilder();
        failed.getStateChangedBuilder().clearFailure();
        assertMalformed(failed.build());
        failed.getStateChangedBuilder().setState(CommonProto.ExecutionState.EXECUTION_STATE_UNSPECIFIED);
        assertMalformed(failed.build());
        TaskManagerMessage.Builder output = GatewayCodec.encode(EPOCH, Samples.FROM.get(4)).toBuilder();
        output.getOutputBuilder().setFirstLine(-1);
        assertMalformed(output.build());
        output.getOutputBuilder().setFirstLine(1).getSubtaskBuilder().setIndex(-1);
        assertMalformed(output.build());
    }

    @Test
    void anAcknowledgementThatContradictsItselfIsRefused() {
        TaskManagerMessage.Builder ack = GatewayCodec.encode(EPOCH, Samples.FROM.get(8)).toBuilder();
        CheckpointAcknowledged good = ack.getCheckpointAcknowledged();
        CheckpointAcknowledged.Builder noJob = good.toBuilder().clearJob();
        CheckpointAcknowledged.Builder otherRun = good.toBuilder().setRun(3);
        CheckpointAcknowledged.Builder numberless = good.toBuilder().setCheckpoint(0);
        CheckpointAcknowledged.Builder noSuchFile = good.toBuilder().removeFiles(1);
        CheckpointAcknowledged.Builder shortFile = good.toBuilder();
        shortFile.getFilesBuilder(1).setLength(743);
        CheckpointAcknowledged.Builder hugeFile = good.toBuilder();
        hugeFile.getFilesBuilder(0).setLength(-1);
        CheckpointAcknowledged.Builder noKind = good.toBuilder();
        noKind.getSubtasksBuilder(0).getOperatorsBuilder(0).getPartsBuilder(0).clearKind();
        CheckpointAcknowledged.Builder backInTime = good.toBuilder();
        backInTime.getSubtasksBuilder(0).setAlignmentMs(-1);
        for (CheckpointAcknowledged.Builder bad :
                List.of(noJob, otherRun, numberless, noSuchFile, shortFile, hugeFile, noKind, backInTime)) {
            assertMalformed(ack.setCheckpointAcknowledged(bad).build());
        }
        assertThat(GatewayCodec.decode(ack.setCheckpointAcknowledged(good).build()))
                .isEqualTo(Samples.FROM.get(8));
    }

    @Test
    void aDeploymentWithListsThatDoNotMatchIsRefused() {
        GraphProto.SubtaskDeployment.Builder wire = DeploymentCodec.encode(Samples.DEPLOYMENT).toBuilder();
        wire.getInputsBuilder(0).getChannelsBuilder().setPeer(0, 2);
        assertThatThrownBy(() -> DeploymentCodec.decode(wire.build())).hasMessageContaining("peer 2 of 2");
        wire.getInputsBuilder(0).getChannelsBuilder().setPeer(0, 1).addPeer(1);
        assertThatThrownBy(() -> DeploymentCodec.decode(wire.build())).hasMessageContaining("different lengths");
        wire.getInputsBuilder(0).getChannelsBuilder().addPeerSubtask(1);
        wire.getOutputsBuilder(0).getRoutingBuilder().setEnds(0, 63);
        assertThatThrownBy(() -> DeploymentCodec.decode(wire.build())).hasMessageContaining("[MALFORMED_MESSAGE]");
    }

    /** Whatever arrives, a decoder answers with a value or a coded problem. */
    @Property(tries = 2_000)
    void mutilatedBytesNeverEscapeAsAnythingElse(
            @ForAll @IntRange(max = 22) int sample, @ForAll @IntRange(max = 4_000) int at, @ForAll byte value) {
        boolean fromTaskManager = sample < Samples.FROM.size();
        byte[] bytes = fromTaskManager
                ? GatewayCodec.encode(EPOCH, Samples.FROM.get(sample)).toByteArray()
                : GatewayCodec.encode(EPOCH, Samples.TO.get(sample - Samples.FROM.size()))
                        .toByteArray();
        bytes[at % bytes.length] = value;
        try {
            Object decoded = fromTaskManager
                    ? GatewayCodec.decode(TaskManagerMessage.parseFrom(bytes))
                    : GatewayCodec.decode(JobManagerMessage.parseFrom(bytes));
            assertThat(decoded).isNotNull();
        } catch (InvalidProtocolBufferException e) {
            assertThat(e).hasMessageNotContaining("null");
        } catch (MillraceException e) {
            assertThat(e.code()).isIn("MALFORMED_MESSAGE", "VERSION_MISMATCH");
        }
    }

    /** The bytes on the wire are a contract between releases: a change here needs a new protocol version. */
    @Test
    void theBytesOnTheWireAreThoseOfTheGoldenFile() throws IOException {
        Map<String, Message> messages = new LinkedHashMap<>();
        messages.put("JobGraph", GraphCodec.encode(Samples.GRAPH));
        messages.put("JobDetails", StatusCodec.encode(Samples.DETAILS));
        messages.put("PrintedLines", StatusCodec.encode(Samples.LINES));
        messages.put("JobEnd", StatusCodec.encode(Samples.END));
        messages.put("ClusterStatus", StatusCodec.encode(Samples.CLUSTER));
        for (int i = 0; i < Samples.FROM.size(); i++) {
            FromTaskManager message = Samples.FROM.get(i);
            messages.put(message.getClass().getSimpleName() + "<" + i, GatewayCodec.encode(EPOCH, message));
        }
        for (int i = 0; i < Samples.TO.size(); i++) {
            ToTaskManager message = Samples.TO.get(i);
            messages.put(message.getClass().getSimpleName() + ">" + i, GatewayCodec.encode(EPOCH, message));
        }
        StringBuilder found = new StringBuilder();
        messages.forEach((name, message) -> found.append(name)
                .append(' ')
                .append(HexFormat.of().formatHex(message.toByteArray()))
                .append('\n'));
        try (InputStream golden = CodecTest.class.getResourceAsStream("/golden/control-v3.txt")) {
            assertThat(golden).isNotNull();
            String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Arrays.asList(found.toString().split("\n")))
                    .containsExactlyElementsOf(Arrays.asList(expected.split("\n")));
        }
    }

    private static TaskManagerMessage withRegister(TaskManagerMessage message, int port, String id, String host) {
        TaskManagerMessage.Builder builder = message.toBuilder();
        builder.getRegisterBuilder().setDataPort(port).setId(id).setHost(host);
        return builder.build();
    }

    private static void assertMalformed(TaskManagerMessage message) {
        assertThatThrownBy(() -> GatewayCodec.decode(message))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("[MALFORMED_MESSAGE]");
    }
}
