package io.millrace.deploy.local.jobs;

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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what is written until it is committed, for a test in the same process. */
public final class CommittedNumbers implements Sink<Long>, SupportsCommitter<String> {
    private static final long serialVersionUID = 1;
    private static final ConcurrentLinkedQueue<Long> COMMITTED = new ConcurrentLinkedQueue<>();
    private static final AtomicLong WRITTEN = new AtomicLong();

    /** Begins anew. */
    public static void clear() {
        COMMITTED.clear();
        WRITTEN.set(0);
    }

    public static List<Long> committed() {
        return List.copyOf(COMMITTED);
    }

    /** How many were written, committed or not. */
    public static long written() {
        return WRITTEN.get();
    }

    @Override
    public CommittingSinkWriter<Long, String> createWriter(WriterInitContext context) {
        return new CommittingSinkWriter<>() {
            private final List<String> open = new ArrayList<>();

            @Override
            public void write(Long element, Context unused) {
                WRITTEN.incrementAndGet();
                open.add(element.toString());
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public Collection<String> prepareCommit() {
                List<String> prepared = open.isEmpty() ? List.of() : List.of(String.join(" ", open));
                open.clear();
                return prepared;
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
                    for (String number : request.getCommittable().split(" ", -1)) {
                        COMMITTED.add(Long.valueOf(number));
                    }
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
