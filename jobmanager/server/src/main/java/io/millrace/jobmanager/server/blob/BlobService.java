package io.millrace.jobmanager.server.blob;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.rpc.RpcError;
import io.millrace.common.rpc.RpcLimits;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.proto.control.BlobStoreGrpc;
import io.millrace.proto.control.BlobsProto.ContainsBlobRequest;
import io.millrace.proto.control.BlobsProto.ContainsBlobResponse;
import io.millrace.proto.control.BlobsProto.GetBlobRequest;
import io.millrace.proto.control.BlobsProto.GetBlobResponse;
import io.millrace.proto.control.BlobsProto.PutBlobRequest;
import io.millrace.proto.control.BlobsProto.PutBlobResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Serves the blob store. Its calls read and write files: they run on an executor for blocking work, one call at a time
 * each.
 */
public final class BlobService extends BlobStoreGrpc.BlobStoreImplBase {
    private final BlobDirectory blobs;

    public BlobService(BlobDirectory blobs) {
        this.blobs = blobs;
    }

    @Override
    public void contains(ContainsBlobRequest request, StreamObserver<ContainsBlobResponse> responses) {
        boolean present;
        try {
            present = blobs.contains(request.getSha256());
        } catch (MillraceException e) {
            present = false;
        }
        responses.onNext(ContainsBlobResponse.newBuilder().setPresent(present).build());
        responses.onCompleted();
    }

    @Override
    public StreamObserver<PutBlobRequest> put(StreamObserver<PutBlobResponse> responses) {
        return new Receiver(responses);
    }

    @Override
    public void get(GetBlobRequest request, StreamObserver<GetBlobResponse> responses) {
        ServerCallStreamObserver<GetBlobResponse> call = (ServerCallStreamObserver<GetBlobResponse>) responses;
        try {
            Path file = blobs.find(request.getSha256());
            Sender sender = new Sender(call, Files.newInputStream(file));
            call.setOnReadyHandler(sender::send);
            call.setOnCancelHandler(sender::close);
            call.setOnCloseHandler(sender::close);
            call.onNext(
                    GetBlobResponse.newBuilder().setSizeBytes(Files.size(file)).build());
            sender.send();
        } catch (MillraceException e) {
            refuse(call, e.problem());
        } catch (IOException e) {
            refuse(
                    call,
                    BlobDirectory.failed("Cannot read " + request.getSha256(), e)
                            .problem());
        }
    }

    private static void refuse(ServerCallStreamObserver<GetBlobResponse> call, Problem problem) {
        call.onNext(GetBlobResponse.newBuilder()
                .setProblem(CommonCodec.encode(problem))
                .build());
        call.onCompleted();
    }

    /** Takes one upload. */
    private final class Receiver implements StreamObserver<PutBlobRequest> {
        private final StreamObserver<PutBlobResponse> responses;
        private BlobDirectory.@Nullable Upload upload;
        private boolean answered;

        Receiver(StreamObserver<PutBlobResponse> responses) {
            this.responses = responses;
        }

        @Override
        public void onNext(PutBlobRequest request) {
            if (answered) {
                return;
            }
            try {
                BlobDirectory.Upload current = upload;
                if (current == null && request.hasHeader()) {
                    upload = blobs.receive(CommonCodec.decode(request.getHeader()));
                } else if (current != null && request.hasChunk()) {
                    current.write(request.getChunk().toByteArray());
                } else {
                    throw outOfOrder().asException();
                }
            } catch (MillraceException e) {
                refuse(e.problem());
            }
        }

        @Override
        public void onError(Throwable failure) {
            discard();
        }

        @Override
        public void onCompleted() {
            if (answered) {
                return;
            }
            BlobDirectory.Upload current = upload;
            try {
                if (current == null) {
                    throw outOfOrder().asException();
                }
                answer(PutBlobResponse.newBuilder()
                        .setStored(CommonCodec.encode(current.complete()))
                        .build());
            } catch (MillraceException e) {
                refuse(e.problem());
            } finally {
                discard();
            }
        }

        private void refuse(Problem problem) {
            discard();
            answer(PutBlobResponse.newBuilder()
                    .setProblem(CommonCodec.encode(problem))
                    .build());
        }

        private void answer(PutBlobResponse response) {
            answered = true;
            responses.onNext(response);
            responses.onCompleted();
        }

        private void discard() {
            BlobDirectory.Upload current = upload;
            upload = null;
            if (current != null) {
                current.discard();
            }
        }

        private static Problem outOfOrder() {
            return Problem.of(RpcError.MALFORMED_MESSAGE, "An upload is one header and then chunks")
                    .fix("Use a client of the same Millrace version");
        }
    }

    /** Sends one file, as fast as the receiver takes it. */
    private static final class Sender {
        private final ServerCallStreamObserver<GetBlobResponse> call;
        private final InputStream input;
        private boolean done;

        Sender(ServerCallStreamObserver<GetBlobResponse> call, InputStream input) {
            this.call = call;
            this.input = input;
        }

        void send() {
            try {
                while (!done && call.isReady()) {
                    byte[] chunk = input.readNBytes(RpcLimits.BLOB_CHUNK_BYTES);
                    if (chunk.length == 0) {
                        close();
                        call.onCompleted();
                        return;
                    }
                    call.onNext(GetBlobResponse.newBuilder()
                            .setChunk(ByteString.copyFrom(chunk))
                            .build());
                }
            } catch (IOException e) {
                close();
                refuse(call, BlobDirectory.failed("Cannot read a blob", e).problem());
            }
        }

        void close() {
            done = true;
            try {
                input.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
