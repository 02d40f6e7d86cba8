package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.InMemoryStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.PutOutcome;
import io.millrace.common.checkpoint.storage.StorageErrors;
import io.millrace.common.checkpoint.storage.StoredObject;
import io.millrace.common.core.error.Problem;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** A storage in memory whose puts fail as told. */
final class FailingStorage implements CheckpointStorage {
    final InMemoryStorage objects = new InMemoryStorage();
    /** What the next puts fail with, in this order. */
    final Deque<StorageErrors> failures = new ArrayDeque<>();

    int puts;
    int closes;

    @Override
    public PutOutcome put(ObjectName name, Content content) {
        puts++;
        StorageErrors failure = failures.poll();
        if (failure == StorageErrors.STORAGE_OUTCOME_UNKNOWN) {
            objects.put(name, content);
        }
        if (failure != null) {
            throw Problem.of(failure, "Cannot store " + name)
                    .at("test:")
                    .because("The test says so")
                    .fix("Try again")
                    .asException();
        }
        return objects.put(name, content);
    }

    @Override
    public Optional<StoredObject> find(ObjectName name) {
        return objects.find(name);
    }

    @Override
    public InputStream open(ObjectName name, long offset, long length) {
        return objects.open(name, offset, length);
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> consumer) {
        objects.list(prefix, consumer);
    }

    @Override
    public void delete(ObjectName name) {
        objects.delete(name);
    }

    @Override
    public int deleteRemains(long beforeEpochMs) {
        return objects.deleteRemains(beforeEpochMs);
    }

    @Override
    public String location() {
        return "test:";
    }

    @Override
    public void close() {
        closes++;
    }
}
