package io.millrace.common.checkpoint.format;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.PutOutcome;
import io.millrace.common.checkpoint.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Knows its objects, and fails whenever bytes of one are read. */
record FailingStorage(CheckpointStorage objects) implements CheckpointStorage {
    @Override
    public PutOutcome put(ObjectName name, Content content) {
        throw new AssertionError("nothing is put");
    }

    @Override
    public Optional<StoredObject> find(ObjectName name) {
        return objects.find(name);
    }

    @Override
    public InputStream open(ObjectName name, long offset, long length) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> consumer) {
        objects.list(prefix, consumer);
    }

    @Override
    public void delete(ObjectName name) {
        throw new AssertionError("nothing is deleted");
    }

    @Override
    public int deleteRemains(long beforeEpochMs) {
        return 0;
    }

    @Override
    public String location() {
        return "the disk";
    }

    @Override
    public void close() {}
}
