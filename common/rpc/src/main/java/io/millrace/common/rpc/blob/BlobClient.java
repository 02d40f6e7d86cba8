package io.millrace.common.rpc.blob;

import com.google.protobuf.ByteString;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.RpcError;
import io.millrace.common.rpc.RpcLimits;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.proto.control.BlobStoreGrpc;
import io.millrace.proto.control.BlobsProto.ContainsBlobRequest;
import io.millrace.proto.control.BlobsProto.GetBlobRequest;
import io.millrace.proto.control.BlobsProto.GetBlobResponse;
import io.millrace.proto.control.BlobsProto.PutBlobRequest;
import io.millrace.proto.control.BlobsProto.PutBlobResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** Moves files to and from the JobManager's blob store. Blocks its caller; any thread that may block can use it. */
public final class BlobClient {
    private final RpcClient client;

    public BlobClient(RpcClient client) {
        this.client = client;
    }

    /**
     * Uploads a file unless the store has it already.
     *
     * @return where it is found from now on
     * @throws MillraceException if the file cannot be read, is too large, or the store refuses it
     */
    public BlobReference upload(Path file) {
        BlobReference reference = BlobHash.of(file);
        if (reference.sizeBytes() > RpcLimits.MAX_BLOB_BYTES) {
            throw tooLarge(reference).asException();
        }
        try {
            return contains(reference) ? reference : put(file, reference);
        } catch (StatusException e) {
            throw client.problemOf(e).asException(e);
        } catch (IOException e) {
            throw fileError("Cannot read " + file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted("upload of " + file).asException(e);
        }
    }

    /**
     * Downloads a blob and verifies it. The target appears whole or not at all.
     *
     * @param target where to put it; an existing file is replaced
     * @throws MillraceException if the store lacks it, what arrives is not what was announced, or the target cannot be
     *     written
     */
    public void download(BlobReference reference, Path target) {
        Path directory = target.toAbsolutePath().getParent();
        try {
            Path part = Files.createTempFile(directory, "blob-", ".part");
            try {
                receive(reference, part);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (StatusException e) {
            throw client.problemOf(e).asException(e);
        } catch (IOException e) {
            throw fileError("Cannot write " + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted("download of " + reference.fileName()).asException(e);
        }
    }

    private boolean contains(BlobReference reference) throws StatusException {
        ContainsBlobRequest request =
                ContainsBlobRequest.newBuilder().setSha256(reference.sha256()).build();
        return BlobStoreGrpc.newBlockingV2Stub(client.channel())
                .withDeadlineAfter(RpcLimits.REQUEST_DEADLINE_SECONDS, TimeUnit.SECONDS)
                .contains(request)
                .getPresent();
    }

    private BlobReference put(Path file, BlobReference reference)
            throws IOException, StatusException, InterruptedException {
        BlockingClientCall<PutBlobRequest, PutBlobResponse> call =
                transferStub().put();
        try (InputStream input = Files.newInputStream(file)) {
            boolean open = call.write(PutBlobRequest.newBuilder()
                    .setHeader(CommonCodec.encode(reference))
                    .build());
            byte[] buffer = new byte[RpcLimits.BLOB_CHUNK_BYTES];
            for (int read = input.read(buffer); open && read > 0; read = input.read(buffer)) {
                open = call.write(PutBlobRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(buffer, 0, read))
                        .build());
            }
            call.halfClose();
            PutBlobResponse response = call.read();
            if (response == null || response.hasProblem()) {
                throw response == null
                        ? Problem.of(RpcError.OUTCOME_UNKNOWN, "The upload of " + file + " was not answered")
                                .fix("Repeat it: a second upload is harmless")
                                .asException()
                        : CommonCodec.decode(response.getProblem()).asException();
            }
            return CommonCodec.decode(response.getStored());
        } finally {
            call.cancel("done", null);
        }
    }

    private void receive(BlobReference reference, Path part) throws IOException, StatusException, InterruptedException {
        GetBlobRequest request =
                GetBlobRequest.newBuilder().setSha256(reference.sha256()).build();
        BlockingClientCall<?, GetBlobResponse> call = transferStub().get(request);
        BlobHash hash = new BlobHash();
        try (OutputStream output = Files.newOutputStream(part)) {
            for (GetBlobResponse response = call.read(); response != null; response = call.read()) {
                if (response.hasProblem()) {
                    throw CommonCodec.decode(response.getProblem()).asException();
                }
                byte[] chunk = response.getChunk().toByteArray();
                hash.update(chunk, 0, chunk.length);
                if (hash.sizeBytes() > reference.sizeBytes()) {
                    break;
                }
                output.write(chunk);
            }
        } finally {
            call.cancel("done", null);
        }
        hash.requireMatch(reference);
    }

    private BlobStoreGrpc.BlobStoreBlockingV2Stub transferStub() {
        return BlobStoreGrpc.newBlockingV2Stub(client.channel())
                .withDeadlineAfter(RpcLimits.BLOB_DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private static Problem tooLarge(BlobReference reference) {
        return Problem.of(
                        RpcError.BLOB_TOO_LARGE,
                        "'" + reference.fileName() + "' has " + reference.sizeBytes() + " bytes, the limit is "
                                + RpcLimits.MAX_BLOB_BYTES)
                .fix("Leave out of the jar what the cluster provides, and data files");
    }

    private static MillraceException fileError(String what, IOException e) {
        return Problem.of(RpcError.BLOB_FILE_ERROR, what)
                .because(e.toString())
                .fix("Check that the file's directory exists and has room, and its permissions")
                .asException(e);
    }

    private static Problem interrupted(String what) {
        return Problem.of(RpcError.OUTCOME_UNKNOWN, "The " + what + " was interrupted")
                .fix("Repeat it: it is harmless");
    }
}
