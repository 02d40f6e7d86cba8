package io.millrace.common.rpc.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.RpcError;
import io.millrace.common.rpc.RpcServer;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.proto.control.BlobStoreGrpc;
import io.millrace.proto.control.BlobsProto.ContainsBlobRequest;
import io.millrace.proto.control.BlobsProto.ContainsBlobResponse;
import io.millrace.proto.control.BlobsProto.GetBlobRequest;
import io.millrace.proto.control.BlobsProto.GetBlobResponse;
import io.millrace.proto.control.BlobsProto.PutBlobRequest;
import io.millrace.proto.control.BlobsProto.PutBlobResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobClientTest {
    private final MemoryStore store = new MemoryStore();
    private RpcServer server;
    private RpcClient client;
    private BlobClient blobs;

    @TempDir
    private Path directory;

    /** Keeps blobs in memory and can be told to lie about them. Calls come on one network thread at a time. */
    private static final class MemoryStore extends BlobStoreGrpc.BlobStoreImplBase {
        private final Map<String, byte[]> blobs = new HashMap<>();
        private boolean refuses;
        private int puts;

        @Override
        public void contains(ContainsBlobRequest request, StreamObserver<ContainsBlobResponse> responses) {
            responses.onNext(ContainsBlobResponse.newBuilder()
                    .setPresent(blobs.containsKey(request.getSha256()))
                    .build());
            responses.onCompleted();
        }

        @Override
        public StreamObserver<PutBlobRequest> put(StreamObserver<PutBlobResponse> responses) {
            puts++;
            return new StreamObserver<>() {
                private final ByteArrayOutputStream content = new ByteArrayOutputStream();
                private BlobReference header = new BlobReference("", 0, "");

                @Override
                public void onNext(PutBlobRequest request) {
                    if (request.hasHeader()) {
                        header = CommonCodec.decode(request.getHeader());
                        if (refuses) {
                            Problem problem = Problem.of(RpcError.BLOB_TOO_LARGE, "full");
                            responses.onNext(PutBlobResponse.newBuilder()
                                    .setProblem(CommonCodec.encode(problem))
                                    .build());
                            responses.onCompleted();
                        }
                    }
                    content.writeBytes(request.getChunk().toByteArray());
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {
                    blobs.put(header.sha256(), content.toByteArray());
                    responses.onNext(PutBlobResponse.newBuilder()
                            .setStored(CommonCodec.encode(header))
                            .build());
                    responses.onCompleted();
                }
            };
        }

        @Override
        public void get(GetBlobRequest request, StreamObserver<GetBlobResponse> responses) {
            byte[] content = blobs.get(request.getSha256());
            if (content == null) {
                Problem problem = Problem.of(RpcError.BLOB_NOT_FOUND, "none");
                responses.onNext(GetBlobResponse.newBuilder()
                        .setProblem(CommonCodec.encode(problem))
                        .build());
            } else {
                responses.onNext(GetBlobResponse.newBuilder()
                        .setSizeBytes(content.length)
                        .build());
                responses.onNext(GetBlobResponse.newBuilder()
                        .setChunk(ByteString.copyFrom(content))
                        .build());
            }
            responses.onCompleted();
        }
    }

    @BeforeEach
    void start() {
        server = RpcServer.start(new RpcAddress("127.0.0.1", 0), false, List.of(store), List.of(), Runnable::run);
        client = new RpcClient(server.address());
        blobs = new BlobClient(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aFileComesBackAsItWas() throws IOException {
        Path file = randomFile(1_000_003);
        BlobReference reference = blobs.upload(file);
        assertThat(reference).isEqualTo(BlobHash.of(file));
        Path copy = directory.resolve("copy.jar");
        blobs.download(reference, copy);
        assertThat(copy).hasSameBinaryContentAs(file);
    }

    @Test
    void anEmptyFileComesBackEmpty() throws IOException {
        Path copy = directory.resolve("copy.jar");
        blobs.download(blobs.upload(randomFile(0)), copy);
        assertThat(copy).isEmptyFile();
    }

    @Test
    void aFileThatIsThereIsNotSentAgain() throws IOException {
        Path file = randomFile(10);
        blobs.upload(file);
        blobs.upload(file);
        assertThat(store.puts).isEqualTo(1);
    }

    @Test
    void aRefusalInTheMiddleOfAnUploadIsReported() throws IOException {
        store.refuses = true;
        Path file = randomFile(3_000_000);
        assertThatThrownBy(() -> blobs.upload(file)).hasMessageContaining("[BLOB_TOO_LARGE] full");
    }

    @Test
    void bytesThatWereChangedLeaveNoFile() throws IOException {
        BlobReference reference = blobs.upload(randomFile(1_000));
        byte[] content = store.blobs.get(reference.sha256());
        content[500] ^= 1;
        assertRefused(reference, "[BLOB_CORRUPT]");
        store.blobs.put(reference.sha256(), new byte[5_000_000]);
        assertRefused(reference, "[BLOB_CORRUPT]");
        store.blobs.put(reference.sha256(), new byte[0]);
        assertRefused(reference, "[BLOB_CORRUPT]");
        store.blobs.clear();
        assertRefused(reference, "[BLOB_NOT_FOUND]");
    }

    @Test
    void missingFilesAndDirectoriesAreCoded() throws IOException {
        assertThatThrownBy(() -> blobs.upload(directory.resolve("none.jar"))).hasMessageContaining("[BLOB_FILE_ERROR]");
        assertThatThrownBy(() -> blobs.upload(directory)).hasMessageContaining("[BLOB_FILE_ERROR]");
        BlobReference reference = blobs.upload(randomFile(10));
        assertThatThrownBy(() -> blobs.download(reference, directory.resolve("no/such/place.jar")))
                .hasMessageContaining("[BLOB_FILE_ERROR]");
    }

    @Test
    void onlyLowerCaseHashesNameABlob() {
        BlobHash.requireWellFormed("0f".repeat(32));
        for (String bad : List.of("", "0F".repeat(32), "0f".repeat(31), "../" + "0".repeat(61), "0g".repeat(32))) {
            assertThatThrownBy(() -> BlobHash.requireWellFormed(bad)).hasMessageContaining("[BAD_BLOB_HASH]");
        }
    }

    private void assertRefused(BlobReference reference, String code) throws IOException {
        Path copy = directory.resolve("copy.jar");
        assertThatThrownBy(() -> blobs.download(reference, copy)).hasMessageContaining(code);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly("job.jar");
        }
    }

    private Path randomFile(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(directory.resolve("job.jar"), content);
    }
}
