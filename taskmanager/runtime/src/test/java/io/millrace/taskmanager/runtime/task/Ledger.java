package io.millrace.taskmanager.runtime.task;

import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what is written until it is committed; committing twice changes nothing. */
final class Ledger implements Sink<String>, SupportsCommitter<String> {
    private static final long serialVersionUID = 1;

    /** What survives every failure: what was committed, by the names of the committables. */
    private static final Map<String, String> COMMITTED = new TreeMap<>();

    private static int writers;

    /** Begins anew. */
    static void open() {
        COMMITTED.clear();
        writers = 0;
    }

    /** What was committed, a text per committable. */
    static List<String> committed() {
        return List.copyOf(COMMITTED.values());
    }

    /** The elements that were committed. */
    static List<String> lines() {
        return COMMITTED.values().stream()
                .flatMap(written -> List.of(written.split(";")).stream())
                .toList();
    }

    @Override
    public CommittingSinkWriter<String, String> createWriter(WriterInitContext context) {
        return new CommittingSinkWriter<>() {
            private final int writer = writers++;
            private final List<String> written = new ArrayList<>();
            private int prepared;

            @Override
            public void write(String element, Context unused) {
                written.add(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public Collection<String> prepareCommit() {
                if (written.isEmpty()) {
                    return List.of();
                }
                String committable = writer + "#" + prepared++ + "=" + String.join(";", written);
                written.clear();
                return List.of(committable);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Committer<String> createCommitter(CommitterInitContext context) {
        return new Committer<>() {
            @Override
            public void commit(Collection<CommitRequest<String>> requests) {
                for (CommitRequest<String> request : requests) {
                    String committable = request.getCommittable();
                    int equals = committable.indexOf('=');
                    COMMITTED.put(committable.substring(0, equals), committable.substring(equals + 1));
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public SimpleVersionedSerializer<String> getCommittableSerializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(String value) {
                return value.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String deserialize(int version, byte[] serialized) {
                return new String(serialized, StandardCharsets.UTF_8);
            }
        };
    }
}
