package io.millrace.jobmanager.server.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.stub.BlockingClientCall;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.RpcServer;
import io.millrace.common.rpc.blob.BlobClient;
import io.millrace.common.rpc.blob.BlobHash;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.proto.control.BlobStoreGrpc;
import io.millrace.proto.control.BlobsProto.PutBlobRequest;
import io.millrace.proto.control.BlobsProto.PutBlobResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
    private static final long CAPACITY = 20_000_000;

    @TempDir
    private Path directory;

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private Path store;
    private RpcServer server;
    private RpcClient client;
    private BlobClient blobs;

    @BeforeEach
    void start() {
        store = directory.resolve("store");
        BlobService service = new BlobService(new BlobDirectory(store, CAPACITY));
        server = RpcServer.start(new RpcAddress("127.0.0.1", 0), false, List.of(), List.of(service), workers);
        client = new RpcClient(server.address());
        blobs = new BlobClient(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        workers.shutdownNow();
    }

    @Test
    void aJarComesBackAsItWas() throws IOException {
        Path jar = jar("A.class", random(3_000_000));
        BlobReference reference = blobs.upload(jar);
        assertThat(stored()).containsExactly(reference.sha256());
        Path copy = directory.resolve("copy.jar");
        blobs.download(reference, copy);
        assertThat(copy).hasSameBinaryContentAs(jar);
    }

    @Test
    void manyTransfersAtOnceDoNotMix() throws Exception {
        List<Path> jars = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            jars.add(Files.copy(jar("A.class", random(300_000 + i)), directory.resolve("in" + i)));
        }
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Path jar = jars.get(i % 8);
            Path copy = directory.resolve("out" + i);
            calls.add(callers.submit(() -> blobs.download(blobs.upload(jar), copy)));
        }
        for (Future<?> call : calls) {
            call.get();
        }
        callers.shutdownNow();
        for (int i = 0; i < 16; i++) {
            assertThat(directory.resolve("out" + i)).hasSameBinaryContentAs(jars.get(i % 8));
        }
        assertThat(stored()).hasSize(8);
    }

    @Test
    void whatIsNoJarIsRefusedAndNothingStaysBehind() throws IOException {
        refused(Files.write(directory.resolve("empty.jar"), new byte[0]), "JAR_EMPTY");
        refused(Files.write(directory.resolve("noise.jar"), random(10_000)), "JAR_CORRUPT");
        byte[] whole = Files.readAllBytes(jar("A.class", random(10_000)));
        byte[] truncated = java.util.Arrays.copyOf(whole, whole.length - 30);
        refused(Files.write(directory.resolve("truncated.jar"), truncated), "JAR_CORRUPT");
    }

    @Test
    void entriesThatLeadOutsideOrBombsAreRefused() throws IOException {
        for (String name : List.of("../evil", "a/../../evil", "/etc/passwd", "a\\b", "C:/x", "..")) {
            refused(jar(name, random(10)), "JAR_BAD_ENTRY");
        }
        refused(jar("bomb", new byte[5_000_000]), "JAR_TOO_LARGE");
        assertThat(blobs.upload(jar("small", new byte[100_000])).sizeBytes()).isPositive();
    }

    @Test
    void moreEntriesThanAJarMayHaveAreRefused() throws IOException {
        Path jar = directory.resolve("many.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (int i = 0; i < 65_536; i++) {
                zip.putNextEntry(new ZipEntry("e" + i));
                zip.closeEntry();
            }
        }
        refused(jar, "JAR_TOO_LARGE");
    }

    @Test
    void announcementsThatCannotBeAreRefused() throws Exception {
        BlobReference good = BlobHash.of(jar("A.class", random(1_000)));
        assertThat(put(new BlobReference("../x", 10, "x")).getProblem().getCode())
                .isEqualTo("BAD_BLOB_HASH");
        assertThat(put(new BlobReference(good.sha256(), 300L << 20, "x"))
                        .getProblem()
                        .getCode())
                .isEqualTo("BLOB_TOO_LARGE");
        assertThat(put(new BlobReference(good.sha256(), -1, "x")).getProblem().getCode())
                .isEqualTo("BLOB_TOO_LARGE");
        assertThat(put(new BlobReference(good.sha256(), CAPACITY + 1, "x"))
                        .getProblem()
                        .getCode())
                .isEqualTo("BLOB_STORE_FULL");
        assertThat(put(good, "short".getBytes(StandardCharsets.UTF_8))
                        .getProblem()
                        .getCode())
                .isEqualTo("BLOB_CORRUPT");
        assertThat(put(good, random(2_000)).getProblem().getCode()).isEqualTo("BLOB_CORRUPT");
        assertThat(stored()).isEmpty();
    }

    @Test
    void chunksBeforeAHeaderAndASecondHeaderAreRefused() throws Exception {
        BlobReference good = BlobHash.of(jar("A.class", random(1_000)));
        PutBlobRequest chunk =
                PutBlobRequest.newBuilder().setChunk(ByteString.EMPTY).build();
        PutBlobRequest header =
                PutBlobRequest.newBuilder().setHeader(CommonCodec.encode(good)).build();
        assertThat(exchange(chunk).getProblem().getCode()).isEqualTo("MALFORMED_MESSAGE");
        assertThat(exchange(header, header).getProblem().getCode()).isEqualTo("MALFORMED_MESSAGE");
        assertThat(exchange().getProblem().getCode()).isEqualTo("MALFORMED_MESSAGE");
        assertThat(stored()).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        BlobReference none = new BlobReference("0".repeat(64), 1, "job.jar");
        assertThatThrownBy(() -> blobs.download(none, directory.resolve("copy")))
                .hasMessageContaining("[BLOB_NOT_FOUND]");
        BlobReference path = new BlobReference("../../etc/passwd", 1, "job.jar");
        assertThatThrownBy(() -> blobs.download(path, directory.resolve("copy")))
                .hasMessageContaining("[BAD_BLOB_HASH]");
    }

    @Test
    void aLinkInTheStoreIsNoBlob() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s");
        String name = "1".repeat(64);
        Files.createSymbolicLink(store.resolve(name), secret);
        assertThatThrownBy(() -> blobs.download(new BlobReference(name, 1, "x"), directory.resolve("copy")))
                .hasMessageContaining("[BLOB_NOT_FOUND]");
    }

    @Test
    void uploadsThatNeverEndedAreRemovedAtTheNextStart() throws IOException {
        Files.write(store.resolve("upload-1.part"), random(10));
        String kept = blobs.upload(jar("A.class", random(10))).sha256();
        BlobDirectory again = new BlobDirectory(store, CAPACITY);
        assertThat(stored()).containsExactly(kept);
        assertThat(again.contains(kept)).isTrue();
    }

    private void refused(Path jar, String code) throws IOException {
        assertThatThrownBy(() -> blobs.upload(jar)).hasMessageContaining("[" + code + "]");
        assertThat(stored()).doesNotContain(BlobHash.of(jar).sha256()).noneMatch(name -> name.endsWith(".part"));
    }

    private PutBlobResponse put(BlobReference announced, byte[]... chunks) throws Exception {
        List<PutBlobRequest> requests = new ArrayList<>();
        requests.add(PutBlobRequest.newBuilder()
                .setHeader(CommonCodec.encode(announced))
                .build());
        for (byte[] chunk : chunks) {
            requests.add(PutBlobRequest.newBuilder()
                    .setChunk(ByteString.copyFrom(chunk))
                    .build());
        }
        return exchange(requests.toArray(PutBlobRequest[]::new));
    }

    private PutBlobResponse exchange(PutBlobRequest... requests) throws Exception {
        BlockingClientCall<PutBlobRequest, PutBlobResponse> call =
                BlobStoreGrpc.newBlockingV2Stub(client.channel()).put();
        for (PutBlobRequest request : requests) {
            call.write(request);
        }
        call.halfClose();
        PutBlobResponse response = call.read();
        assertThat(response).isNotNull();
        return response;
    }

    private Path jar(String entry, byte[] content) throws IOException {
        Path jar = directory.resolve("job.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
            zip.closeEntry();
        }
        return jar;
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
