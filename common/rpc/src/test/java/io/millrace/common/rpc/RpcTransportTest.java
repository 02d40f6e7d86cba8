package io.millrace.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.millrace.common.core.id.Epoch;
import io.millrace.proto.control.BlobStoreGrpc;
import io.millrace.proto.control.BlobsProto.ContainsBlobRequest;
import io.millrace.proto.control.BlobsProto.ContainsBlobResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class RpcTransportTest {
    private static final RpcAddress ANY_PORT = new RpcAddress("127.0.0.1", 0);

    /** Says yes to every hash and remembers the thread that it was asked on. */
    private static final class YesStore extends BlobStoreGrpc.BlobStoreImplBase {
        private String thread = "";

        @Override
        public void contains(ContainsBlobRequest request, StreamObserver<ContainsBlobResponse> responses) {
            thread = Thread.currentThread().getName();
            responses.onNext(ContainsBlobResponse.newBuilder().setPresent(true).build());
            responses.onCompleted();
        }
    }

    @Test
    void aCallReachesTheServiceAndItsAnswerComesBack() throws StatusException {
        YesStore store = new YesStore();
        try (RpcServer server = RpcServer.start(ANY_PORT, false, List.of(store), List.of(), Runnable::run);
                RpcClient client = new RpcClient(server.address())) {
            assertThat(BlobStoreGrpc.newBlockingV2Stub(client.channel())
                            .contains(ContainsBlobRequest.getDefaultInstance())
                            .getPresent())
                    .isTrue();
        }
    }

    @Test
    void blockingServicesRunOnTheExecutorAndGuestsDoNot() throws StatusException {
        YesStore guest = new YesStore();
        YesStore blocking = new YesStore();
        try (RpcServer server =
                        RpcServer.start(ANY_PORT, false, List.of(guest), List.of(), RpcTransportTest::onThread);
                RpcServer other =
                        RpcServer.start(ANY_PORT, false, List.of(), List.of(blocking), RpcTransportTest::onThread);
                RpcClient client = new RpcClient(server.address());
                RpcClient otherClient = new RpcClient(other.address())) {
            BlobStoreGrpc.newBlockingV2Stub(client.channel()).contains(ContainsBlobRequest.getDefaultInstance());
            BlobStoreGrpc.newBlockingV2Stub(otherClient.channel()).contains(ContainsBlobRequest.getDefaultInstance());
        }
        assertThat(guest.thread).doesNotContain("blob-worker");
        assertThat(blocking.thread).isEqualTo("blob-worker");
    }

    @Test
    void aCallerOfAnotherProtocolVersionIsRefused() {
        try (RpcServer server = RpcServer.start(ANY_PORT, false, List.of(new YesStore()), List.of(), Runnable::run);
                RpcClient client = new RpcClient(server.address())) {
            assertRefused(server, null, client);
            assertRefused(server, "999", client);
        }
    }

    @Test
    void aPortThatIsTakenIsReportedWithItsCode() {
        try (RpcServer server = RpcServer.start(ANY_PORT, false, List.of(), List.of(), Runnable::run)) {
            assertThatThrownBy(() -> RpcServer.start(server.address(), false, List.of(), List.of(), Runnable::run))
                    .hasMessageContaining("[PORT_IN_USE]")
                    .hasMessageContaining(Integer.toString(server.address().port()));
        }
    }

    @Test
    void listeningBeyondLoopbackIsRefusedUnlessAskedForByName() {
        RpcAddress everywhere = new RpcAddress("0.0.0.0", 0);
        assertThatThrownBy(() -> RpcServer.start(everywhere, false, List.of(), List.of(), Runnable::run))
                .hasMessageContaining("[INSECURE_ADDRESS]")
                .hasMessageContaining("security.insecure");
        RpcServer server = RpcServer.start(everywhere, true, List.of(), List.of(), Runnable::run);
        assertThat(server.address().port()).isPositive();
        server.close();
    }

    @Test
    void anAddressThatDoesNotResolveOrIsNotLocalIsRefused() {
        assertThatThrownBy(() -> RpcServer.start(
                        new RpcAddress("no.such.host.invalid", 0), true, List.of(), List.of(), Runnable::run))
                .hasMessageContaining("[BAD_ADDRESS]");
        assertThatThrownBy(() ->
                        RpcServer.start(new RpcAddress("192.0.2.1", 0), true, List.of(), List.of(), Runnable::run))
                .hasMessageContaining("[BAD_ADDRESS]");
    }

    @Test
    void addressesAreReadAndWritten() {
        assertThat(RpcAddress.parse("localhost:6123")).isEqualTo(new RpcAddress("localhost", 6123));
        assertThat(RpcAddress.parse("[::1]:6123").toString()).isEqualTo("[::1]:6123");
        for (String bad : List.of("", "host", "host:", ":1", "host:x", "host:70000", "host:-1")) {
            assertThatThrownBy(() -> RpcAddress.parse(bad)).as(bad).hasMessageContaining("[BAD_ADDRESS]");
        }
    }

    @Test
    void anAddressWhereNobodyListensIsACodedProblem() {
        RpcServer server = RpcServer.start(ANY_PORT, false, List.of(), List.of(), Runnable::run);
        RpcAddress gone = server.address();
        server.close();
        try (RpcClient client = new RpcClient(gone)) {
            StatusException failure =
                    catchThrowableOfType(StatusException.class, () -> BlobStoreGrpc.newBlockingV2Stub(client.channel())
                            .contains(ContainsBlobRequest.getDefaultInstance()));
            assertThat(client.problemOf(failure).code()).isEqualTo("CLUSTER_UNREACHABLE");
            assertThat(client.problemOf(failure).what()).contains(gone.toString());
        }
    }

    @Test
    void aMessageAboveTheLimitIsACodedProblem() {
        try (RpcServer server = RpcServer.start(ANY_PORT, false, List.of(new YesStore()), List.of(), Runnable::run);
                RpcClient client = new RpcClient(server.address())) {
            ContainsBlobRequest huge = ContainsBlobRequest.newBuilder()
                    .setSha256Bytes(ByteString.copyFrom(new byte[RpcLimits.MAX_REQUEST_BYTES + 1]))
                    .build();
            StatusException failure =
                    catchThrowableOfType(StatusException.class, () -> BlobStoreGrpc.newBlockingV2Stub(client.channel())
                            .contains(huge));
            assertThat(client.problemOf(failure).code()).isIn("MESSAGE_TOO_LARGE", "OUTCOME_UNKNOWN");
        }
    }

    @Test
    void aMessageAboveTheLimitCanBeRefusedBeforeItIsSent() {
        ContainsBlobRequest huge = ContainsBlobRequest.newBuilder()
                .setSha256Bytes(ByteString.copyFrom(new byte[RpcLimits.MAX_REQUEST_BYTES]))
                .build();
        assertThatThrownBy(() -> RpcClient.requireFits(huge, "The job graph"))
                .hasMessageContaining("[MESSAGE_TOO_LARGE] The job graph has 4194309 bytes");
        RpcClient.requireFits(ContainsBlobRequest.getDefaultInstance(), "An empty message");
    }

    @Test
    void aFenceAdmitsTheNewestLeaderAndThoseAfterIt() {
        EpochFence fence = new EpochFence(new Epoch(5));
        assertThat(fence.admits(new Epoch(4))).isFalse();
        assertThat(fence.admits(new Epoch(5))).isTrue();
        assertThat(fence.admits(new Epoch(7))).isTrue();
        assertThat(fence.admits(new Epoch(6))).isFalse();
        assertThat(fence.newest()).isEqualTo(new Epoch(7));
    }

    private static void onThread(Runnable task) {
        Thread thread = new Thread(task, "blob-worker");
        thread.start();
    }

    private static void assertRefused(
            RpcServer server, @org.jspecify.annotations.Nullable String version, RpcClient client) {
        ManagedChannel bare = NettyChannelBuilder.forAddress(
                        "127.0.0.1", server.address().port())
                .usePlaintext()
                .build();
        try {
            Metadata headers = new Metadata();
            if (version != null) {
                headers.put(ProtocolHeader.KEY, version);
            }
            StatusException failure = catchThrowableOfType(StatusException.class, () -> BlobStoreGrpc.newBlockingV2Stub(
                            ClientInterceptors.intercept(bare, MetadataUtils.newAttachHeadersInterceptor(headers)))
                    .contains(ContainsBlobRequest.getDefaultInstance()));
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(client.problemOf(failure).code()).isEqualTo("VERSION_MISMATCH");
        } finally {
            bare.shutdownNow();
        }
    }
}
