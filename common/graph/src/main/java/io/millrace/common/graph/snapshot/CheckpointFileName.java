package io.millrace.common.graph.snapshot;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.Incarnation;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files below the place of a job's checkpoints, or of one savepoint. A name begins with the number of the
 * checkpoint that the file was written for, and a number is never used twice: so nobody writes a name a second time,
 * and what an abandoned checkpoint left behind can be found by listing.
 */
public final class CheckpointFileName {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,18})/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}");
    private static final String MANIFEST = "manifest";

    private CheckpointFileName() {}

    /** What all files written for a checkpoint begin with. */
    public static String prefix(long checkpoint) {
        Check.argument(checkpoint >= 1, "Checkpoints count from 1, found " + checkpoint);
        return checkpoint + "/";
    }

    public static String manifest(long checkpoint) {
        return prefix(checkpoint) + MANIFEST;
    }

    /**
     * @param writer the TaskManager process
     * @param number of the file among those that the process writes for this checkpoint, from 0
     */
    public static String segment(long checkpoint, Incarnation writer, int number) {
        Check.argument(number >= 0, "Files count from 0, found " + number);
        return prefix(checkpoint) + writer + "-" + number;
    }

    /**
     * A file that the JobManager writes for a savepoint: copies of parts that lie in files of checkpoints.
     *
     * @param number from 0
     */
    public static String copy(long savepoint, int number) {
        Check.argument(number >= 0, "Files count from 0, found " + number);
        return prefix(savepoint) + "copy-" + number;
    }

    /** The checkpoint that a file was written for, be it a segment or the manifest; empty for other names. */
    public static OptionalLong checkpointOf(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(matcher.group(1)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The checkpoint that a file was written for; empty if no name of a segment file has this form. */
    public static OptionalLong checkpointOfSegment(String name) {
        return name.endsWith("/" + MANIFEST) ? OptionalLong.empty() : checkpointOf(name);
    }
}
