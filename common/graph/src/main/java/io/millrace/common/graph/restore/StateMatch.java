package io.millrace.common.graph.restore;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.schema.Migration;
import io.millrace.common.graph.schema.SchemaChange;
import io.millrace.common.graph.schema.SchemaErrors;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.StateSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What becomes of one state of an operator that a job takes up, as far as it is known before the job runs.
 *
 * @param operator in the checkpoint
 * @param state its name, as {@link StateSchema#state} has it; empty for the operator's keys
 * @param result what becomes of it
 * @param migration what is different; {@link Migration#SAME} unless it migrates or is refused
 */
public record StateMatch(OperatorSnapshot operator, String state, Result result, Migration migration) {

    /** What becomes of a state. */
    public enum Result {
        /** It is read as it was written. */
        MATCHES,
        /** Its values are made such of the new type when they are read. */
        MIGRATES,
        /** It cannot be read. */
        REFUSED,
        /** The checkpoint does not have it. */
        NEW,
        /** Only the functions say what type it has now, when they are opened. */
        KNOWN_WHEN_OPENED
    }

    /** Those of the checkpoint in its order, then the new ones. */
    static Stream<StateMatch> of(OperatorSnapshot operator, OperatorNode node) {
        Map<String, OpaqueBytes> open = new TreeMap<>(node.types().states());
        List<StateMatch> matches = new ArrayList<>();
        for (StateSchema was : operator.schemas()) {
            OpaqueBytes now = open.remove(was.state());
            if (now != null) {
                Migration migration = SchemaChange.between(was, new StateSchema(was.state(), now));
                matches.add(new StateMatch(operator, was.state(), resultOf(migration), migration));
            } else if (!was.state().startsWith(StateDescription.CLASS) && !Inflow.isNameOf(was)) {
                matches.add(new StateMatch(operator, was.state(), Result.KNOWN_WHEN_OPENED, Migration.SAME));
            }
        }
        open.keySet().forEach(name -> matches.add(new StateMatch(operator, name, Result.NEW, Migration.SAME)));
        return matches.stream();
    }

    private static Result resultOf(Migration migration) {
        return switch (migration.verdict()) {
            case SAME -> Result.MATCHES;
            case MIGRATES -> Result.MIGRATES;
            case REFUSED -> Result.REFUSED;
        };
    }

    /** Why no job can begin with it; empty if one can. */
    Optional<Problem> refusal() {
        if (result != Result.REFUSED) {
            return Optional.empty();
        }
        Problem why = migration.problem(state);
        return Optional.of(
                Problem.of(SchemaErrors.STATE_INCOMPATIBLE, "Operator " + StateFit.name(operator) + ": " + why.what())
                        .because(why.why())
                        .fix(why.nextStep()));
    }
}
