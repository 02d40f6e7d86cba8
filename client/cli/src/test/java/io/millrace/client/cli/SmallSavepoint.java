package io.millrace.client.cli;

import io.millrace.common.checkpoint.format.ManifestFile;
import io.millrace.common.checkpoint.format.SegmentWriter;
import io.millrace.common.checkpoint.storage.DirectoryStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A savepoint on disk: one operator with keyed state and timers, in one file. */
public final class SmallSavepoint {
    public static final JobId JOB = new JobId(0x1234_5678_9abc_def0L, 2);

    private SmallSavepoint() {}

    /**
     * @param identity of the one operator with state
     * @return the savepoint's directory
     */
    public static Path write(Path place, String identity, int maxParallelism) {
        return write(place, identity, maxParallelism, "String", "value of Long");
    }

    /**
     * As {@link #write(Path, String, int)}.
     *
     * @param keys the description of its keys
     * @param count that of its state {@code count}
     */
    public static Path write(Path place, String identity, int maxParallelism, String keys, String count) {
        DirectoryStorage storage = new DirectoryStorage(place, () -> "part");
        SegmentWriter writer = new SegmentWriter(JOB, 7, 70);
        long counts = writer.add(List.of(bytes("the counts of many users")));
        long timers = writer.add(List.of(bytes("timers")));
        SegmentFile file = new SegmentFile("7/aa-0", writer.length(), writer.nonce());
        storage.put(new ObjectName("7/aa-0"), writer.finish());
        StatePart base = new StatePart(PartKind.KEYED_BASE, "count", 0, maxParallelism, 0, counts, 32, 3);
        StatePart due = new StatePart(PartKind.TIMERS, "event-time", 0, maxParallelism, 0, timers, 14, 2);
        OperatorSnapshot operator = new OperatorSnapshot(
                identity,
                "Count",
                2,
                maxParallelism,
                List.of(schema("", keys), schema("count", count)),
                List.of(new SubtaskSnapshot(0, List.of(base)), new SubtaskSnapshot(1, List.of(base, due))));
        CheckpointManifest manifest = new CheckpointManifest(
                JOB,
                "Analysis",
                7,
                3,
                true,
                FakeJobManager.SUBMITTED_AT,
                FakeJobManager.SUBMITTED_AT + 250,
                List.of(file),
                List.of(operator));
        storage.put(new ObjectName("7/manifest"), ManifestFile.encode(manifest, 9));
        return place.resolve("7");
    }

    private static StateSchema schema(String state, String description) {
        return new StateSchema(state, new OpaqueBytes(description.getBytes(StandardCharsets.UTF_8)));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
