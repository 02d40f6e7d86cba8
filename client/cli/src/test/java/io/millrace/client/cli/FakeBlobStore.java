package io.millrace.client.cli;

import io.grpc.stub.StreamObserver;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.proto.control.BlobStoreGrpc;
import io.millrace.proto.control.BlobsProto.ContainsBlobRequest;
import io.millrace.proto.control.BlobsProto.ContainsBlobResponse;
import io.millrace.proto.control.BlobsProto.PutBlobRequest;
import io.millrace.proto.control.BlobsProto.PutBlobResponse;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps uploads in memory. */
public final class FakeBlobStore extends BlobStoreGrpc.BlobStoreImplBase {
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();

    /** Contents by SHA-256. */
    public Map<String, byte[]> stored() {
        return stored;
    }

    @Override
    public void contains(ContainsBlobRequest request, StreamObserver<ContainsBlobResponse> responses) {
        responses.onNext(ContainsBlobResponse.newBuilder()
                .setPresent(stored.containsKey(request.getSha256()))
                .build());
        responses.onCompleted();
    }

    @Override
    public StreamObserver<PutBlobRequest> put(StreamObserver<PutBlobResponse> responses) {
        return new StreamObserver<>() {
            private final ByteArrayOutputStream content = new ByteArrayOutputStream();
            private BlobReference header = new BlobReference("", 0, "");

            @Override
            public void onNext(PutBlobRequest part) {
                if (part.hasHeader()) {
                    header = CommonCodec.decode(part.getHeader());
                } else {
                    content.writeBytes(part.getChunk().toByteArray());
                }
            }

            @Override
            public void onError(Throwable failure) {
                content.reset();
            }

            @Override
            public void onCompleted() {
                stored.put(header.sha256(), content.toByteArray());
                responses.onNext(PutBlobResponse.newBuilder()
                        .setStored(CommonCodec.encode(header))
                        .build());
                responses.onCompleted();
            }
        };
    }
}
