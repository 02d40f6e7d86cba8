package io.millrace.client.cli.command;

import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.client.cli.view.CheckpointContent;
import io.millrace.client.cli.view.InspectJson;
import io.millrace.client.cli.view.InspectView;
import io.millrace.common.checkpoint.format.CheckpointCheck;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** Shows what is in a checkpoint or savepoint, and whether every byte of it is what was written. */
final class InspectVerb implements Verb {
    /** A checkpoint is there, and not one that could be looked into. */
    private static final Set<String> NO_PATH = Set.of("CHECKPOINT_NOT_FOUND", "CHECKPOINT_NOT_UNIQUE");

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String summary() {
        return "Shows what a savepoint or kept checkpoint holds, and verifies every checksum; needs no cluster.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().footer("", "Exit codes: 0 sound, 1 no checkpoint can be read at PATH, 2 damaged");
        spec.addPositional(Flags.parameter("PATH", 0, "The savepoint or checkpoint, or a place with exactly one."));
        Flags.json(spec);
        Flags.settings(spec);
    }

    @Override
    public int run(Invocation invocation) {
        Terminal terminal = invocation.terminal();
        StorageLocation location = CheckpointPaths.location("PATH", invocation.parameter(0));
        try (FoundCheckpoint found =
                FoundCheckpoint.read(location, invocation.connection().configuration())) {
            Map<String, Problem> problems = new LinkedHashMap<>();
            CheckpointCheck.problems(found.storage(), found.manifest())
                    .forEach((file, problem) -> problems.put(
                            file, FoundCheckpoint.below(found.path().place(), problem)));
            CheckpointContent content = new CheckpointContent(found.path().toString(), found.manifest(), problems);
            if (invocation.has(Flags.JSON)) {
                terminal.result(InspectJson.of(content));
            } else {
                InspectView.lines(content, terminal.zone()).forEach(terminal::result);
            }
            problems.values().forEach(terminal::problem);
            return problems.isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT;
        } catch (MillraceException e) {
            terminal.problem(e.problem());
            boolean damage = CheckpointCheck.isDamage(e.problem())
                    && !NO_PATH.contains(e.problem().code());
            return damage ? ExitCode.BAD_INPUT : ExitCode.NO_PATH;
        }
    }
}
