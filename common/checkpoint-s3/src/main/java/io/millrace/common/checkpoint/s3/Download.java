package io.millrace.common.checkpoint.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object on their way in. Closing it before its end closes the connection: reading the rest of a large
 * object only to use the connection again would cost more than a new one. Belongs to one thread.
 */
final class Download extends FilterInputStream {
    private final GetObjectResponse response;
    private final AbortableInputStream stream;
    private long remaining;

    private Download(GetObjectResponse response, AbortableInputStream stream) {
        super(stream);
        this.response = response;
        this.stream = stream;
        this.remaining = response.contentLength();
    }

    /** Hands the open stream to the caller, who closes it. */
    static ResponseTransformer<GetObjectResponse, Download> opened() {
        return new ResponseTransformer<>() {
            @Override
            public Download transform(GetObjectResponse response, AbortableInputStream stream) {
                return new Download(response, stream);
            }

            @Override
            public boolean needsConnectionLeftOpen() {
                return true;
            }
        };
    }

    GetObjectResponse response() {
        return response;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        remaining -= read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        remaining -= Math.max(read, 0);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        remaining -= skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (remaining > 0) {
            stream.abort();
        } else {
            super.close();
        }
    }
}
