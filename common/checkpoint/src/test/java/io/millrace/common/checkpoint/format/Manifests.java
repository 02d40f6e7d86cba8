package io.millrace.common.checkpoint.format;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Manifests for tests. */
final class Manifests {
    static final JobId JOB = new JobId(0x0102030405060708L, 0x090A0B0C0D0E0F10L);

    private static final List<PartKind> KINDS = List.of(PartKind.values());

    private Manifests() {}

    /** One of each thing. */
    static CheckpointManifest small() {
        StatePart base = new StatePart(PartKind.KEYED_BASE, "count", 0, 64, 0, 44, 100, 3);
        StatePart timers = new StatePart(PartKind.TIMERS, "", 0, 64, 0, 144, 20, 1);
        StatePart splits = new StatePart(PartKind.SPLITS, "", 0, 0, 1, 44, 0, 0);
        return new CheckpointManifest(
                JOB,
                "log analysis",
                42,
                2,
                false,
                1_000,
                1_250,
                List.of(new SegmentFile("state-1", 164, 7), new SegmentFile("state-2", 44, 8)),
                List.of(
                        new OperatorSnapshot(
                                "counts",
                                "Count by user",
                                2,
                                128,
                                List.of(new StateSchema("count", new OpaqueBytes(new byte[] {1, 2, 3}))),
                                List.of(new SubtaskSnapshot(0, List.of(base, timers)))),
                        new OperatorSnapshot(
                                "source",
                                "Source",
                                1,
                                1,
                                List.of(),
                                List.of(new SubtaskSnapshot(0, List.of(splits))))));
    }

    /** Any manifest, drawn by a seed. */
    static CheckpointManifest drawn(long seed) {
        Random random = new Random(seed);
        List<SegmentFile> files = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            files.add(new SegmentFile("f" + i, 1_000 + random.nextInt(1_000_000), random.nextLong()));
        }
        List<OperatorSnapshot> operators = new ArrayList<>();
        for (int i = 0; i < random.nextInt(6); i++) {
            operators.add(operator(random, "operator " + i, files));
        }
        return new CheckpointManifest(
                new JobId(random.nextLong(), random.nextLong()),
                "job \u00e9\ud83d\ude00",
                1 + random.nextInt(1_000_000),
                1 + random.nextInt(100),
                random.nextBoolean(),
                random.nextLong(),
                random.nextLong(),
                files,
                operators);
    }

    private static OperatorSnapshot operator(Random random, String name, List<SegmentFile> files) {
        int parallelism = 1 + random.nextInt(8);
        List<SubtaskSnapshot> subtasks = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            List<StatePart> parts = new ArrayList<>();
            for (int i = 0; i < random.nextInt(40); i++) {
                int file = random.nextInt(files.size());
                long offset = random.nextInt(500);
                parts.add(new StatePart(
                        KINDS.get(random.nextInt(KINDS.size())),
                        "state " + random.nextInt(3),
                        random.nextInt(60),
                        60 + random.nextInt(68),
                        file,
                        offset,
                        random.nextInt((int) (files.get(file).length() - offset)),
                        random.nextInt(1_000)));
            }
            subtasks.add(new SubtaskSnapshot(subtask, parts));
        }
        byte[] description = new byte[random.nextInt(200)];
        random.nextBytes(description);
        StateSchema schema = new StateSchema("state 0", new OpaqueBytes(description));
        return new OperatorSnapshot(name, name, parallelism, 128, List.of(schema), subtasks);
    }
}
