package io.millrace.common.graph.restore;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.identity.IdentityMatch;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether elements that were on their way to an operator can go on to it. The parallelism may be another; what sends
 * them, their type, and what decides to which subtask each goes may not: nobody sends them again.
 *
 * @param operator in the checkpoint
 * @param bytes of the elements
 * @param mismatch what does not fit, for people; empty if it does
 */
public record InFlightFit(OperatorSnapshot operator, long bytes, String mismatch) {

    /**
     * Empty if none were on their way to it.
     *
     * @param inflows of the operator in the job
     * @param identities of all operators of the job
     */
    static Optional<InFlightFit> of(OperatorSnapshot operator, List<Inflow> inflows, Collection<String> identities) {
        long bytes = operator.bytesOf(PartKind.IN_FLIGHT);
        if (bytes == 0) {
            return Optional.empty();
        }
        List<Inflow> written = Inflow.read(operator.schemas());
        Map<String, String> matched = IdentityMatch.of(
                        written.stream().map(Inflow::from).distinct().toList(), identities)
                .matched();
        for (int place = 0; place < written.size(); place++) {
            Inflow was = written.get(place);
            Inflow found = was.sentBy(matched.getOrDefault(was.from(), was.from()));
            if (place >= inflows.size() || !found.isLike(inflows.get(place))) {
                String is = place < inflows.size() ? inflows.get(place).forPeople() : "nothing";
                return Optional.of(new InFlightFit(
                        operator, bytes, "input " + place + " is " + is + " and was " + was.forPeople()));
            }
        }
        return Optional.of(new InFlightFit(operator, bytes, ""));
    }

    public boolean fits() {
        return mismatch.isEmpty();
    }

    Problem problem() {
        return Problem.of(
                        RestoreErrors.IN_FLIGHT_INCOMPATIBLE,
                        "Elements that were on their way to operator " + StateFit.name(operator) + " do not fit: "
                                + mismatch)
                .because("The checkpoint was taken before they had arrived, and nobody sends them again")
                .fix("Run the unchanged job from it once and take a savepoint, which holds no elements under way:"
                        + " 'millrace savepoint JOB'; then begin with that");
    }
}
