package io.millrace.client.cli.view;

import io.millrace.client.cli.terminal.Table;
import io.millrace.common.checkpoint.format.ManifestFile;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What is in a checkpoint, for people. */
public final class InspectView {

    private InspectView() {}

    public static List<String> lines(CheckpointContent content, ZoneId zone) {
        CheckpointManifest manifest = content.manifest();
        List<String> lines = new ArrayList<>();
        lines.add((manifest.savepoint() ? "Savepoint  " : "Checkpoint ") + manifest.checkpoint());
        lines.add("Path       " + content.path());
        lines.add("Job        " + manifest.job() + " '" + manifest.jobName() + "', run " + manifest.run());
        lines.add("Taken      " + Times.moment(manifest.triggeredAtEpochMs(), zone) + " in "
                + Times.span(manifest.completedAtEpochMs() - manifest.triggeredAtEpochMs()));
        lines.add("Format     version " + ManifestFile.FORMAT_VERSION);
        int files = manifest.files().size();
        lines.add("State      " + Sizes.of(manifest.stateBytes()) + " in " + files + (files == 1 ? " file" : " files"));
        long inFlight = manifest.bytesOf(PartKind.IN_FLIGHT);
        lines.add("In flight  "
                + (inFlight == 0 ? "nothing: every barrier was aligned" : Sizes.of(inFlight) + ", taken unaligned"));
        int damaged = content.problems().size();
        lines.add("Checksums  " + (damaged == 0 ? "all verified" : damaged + " of " + files + " files are not sound"));
        if (!manifest.operators().isEmpty()) {
            lines.add("");
            lines.addAll(operators(manifest.operators()));
            lines.add("");
            lines.addAll(states(manifest.operators()));
        }
        if (files > 0) {
            lines.add("");
            lines.addAll(files(content));
        }
        return lines;
    }

    private static List<String> operators(List<OperatorSnapshot> operators) {
        Table table = new Table("OPERATOR", "IDENTITY", ">PARALLELISM", ">MAX", ">STATE", ">IN FLIGHT", "KEY");
        for (OperatorSnapshot operator : operators) {
            table.row(
                    operator.name(),
                    operator.identity(),
                    Integer.toString(operator.parallelism()),
                    Integer.toString(operator.maxParallelism()),
                    Sizes.of(CheckpointContent.bytesOf(operator)),
                    orDash(inFlight(operator)),
                    orDash(CheckpointContent.keysOf(operator)));
        }
        return table.lines();
    }

    private static String inFlight(OperatorSnapshot operator) {
        long bytes = operator.bytesOf(PartKind.IN_FLIGHT);
        return bytes == 0 ? "" : Sizes.of(bytes);
    }

    private static List<String> states(List<OperatorSnapshot> operators) {
        Table table = new Table("STATE OF", "NAME", "KIND", ">ENTRIES", ">SIZE", "SCHEMA");
        for (OperatorSnapshot operator : operators) {
            for (CheckpointContent.State state : CheckpointContent.statesOf(operator)) {
                table.row(
                        operator.name(),
                        orDash(state.name()),
                        state.kind(),
                        Long.toString(state.entries()),
                        Sizes.of(state.bytes()),
                        orDash(state.name().isEmpty() ? "" : state.schema()));
            }
        }
        return table.lines();
    }

    private static List<String> files(CheckpointContent content) {
        Table table = new Table("FILE", ">SIZE", "CHECKSUMS");
        for (SegmentFile file : content.manifest().files()) {
            Problem problem = content.problems().get(file.name());
            table.row(file.name(), Sizes.of(file.length()), problem == null ? "verified" : problem.code());
        }
        return table.lines();
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
