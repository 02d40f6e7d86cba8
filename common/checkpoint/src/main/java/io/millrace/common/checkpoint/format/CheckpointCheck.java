package io.millrace.common.checkpoint.format;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.SegmentFile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads every block of every file that a checkpoint names. A file has a place in memory for one block at a time. Blocks
 * its thread for as long as the storage takes.
 */
public final class CheckpointCheck {
    private static final Set<String> DAMAGES =
            Arrays.stream(FormatErrors.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private CheckpointCheck() {}

    /** Whether a problem says that a file is not what was written, and not that the storage failed. */
    public static boolean isDamage(Problem problem) {
        return DAMAGES.contains(problem.code());
    }

    /**
     * The first thing that is wrong with each file that is not sound, by the file's name.
     *
     * @throws MillraceException if the storage fails
     */
    public static Map<String, Problem> problems(CheckpointStorage storage, CheckpointManifest manifest) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        for (SegmentFile file : manifest.files()) {
            try {
                SegmentReader.open(storage, new ObjectName(file.name()), file, manifest.job())
                        .check();
            } catch (MillraceException e) {
                if (!isDamage(e.problem())) {
                    throw e;
                }
                problems.put(file.name(), e.problem());
            }
        }
        return problems;
    }
}
