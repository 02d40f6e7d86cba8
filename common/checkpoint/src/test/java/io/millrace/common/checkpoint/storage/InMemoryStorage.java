package io.millrace.common.checkpoint.storage;

import io.millrace.common.core.error.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** The fake of the contract: objects in memory, all modified at the beginning of time. */
public final class InMemoryStorage implements CheckpointStorage {
    private final ConcurrentSkipListMap<ObjectName, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public PutOutcome put(ObjectName name, Content content) {
        byte[] bytes = bytes(content);
        byte[] before = objects.putIfAbsent(name, bytes);
        return before == null || Arrays.equals(before, bytes) ? PutOutcome.STORED : PutOutcome.TAKEN;
    }

    @Override
    public Optional<StoredObject> find(ObjectName name) {
        return Optional.ofNullable(objects.get(name)).map(bytes -> new StoredObject(name, bytes.length, 0));
    }

    @Override
    public InputStream open(ObjectName name, long offset, long length) {
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            throw Problem.of(StorageErrors.STORAGE_OBJECT_MISSING, "There is no object " + name)
                    .at(location())
                    .fix("Store it first")
                    .asException();
        }
        int from = (int) Math.min(offset, bytes.length);
        return new ByteArrayInputStream(bytes, from, (int) Math.min(length, bytes.length - from));
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> consumer) {
        objects.forEach((name, bytes) -> {
            if (name.text().startsWith(prefix)) {
                consumer.accept(new StoredObject(name, bytes.length, 0));
            }
        });
    }

    @Override
    public void delete(ObjectName name) {
        objects.remove(name);
    }

    @Override
    public int deleteRemains(long beforeEpochMs) {
        return 0;
    }

    @Override
    public String location() {
        return "memory:";
    }

    @Override
    public void close() {
        // Keeps its objects, as a storage does.
    }

    /** Puts bytes in the place of an object, as decay or a careless copy does. */
    public void damage(ObjectName name, byte[] bytes) {
        objects.put(name, bytes.clone());
    }

    /** The bytes of an object. */
    public byte[] bytes(ObjectName name) {
        return objects.get(name).clone();
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer piece : content.pieces()) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }
}
