package io.millrace.common.graph.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which operators of a graph take up which state of a snapshot.
 *
 * @param matched identity in the snapshot to identity in the graph
 * @param ambiguous identities in the snapshot that could be more than one operator; a restore has to refuse them by
 *     name, for a guess could give one operator another's state
 * @param dropped identities in the snapshot that are no operator of the graph
 */
public record IdentityMatch(Map<String, String> matched, List<String> ambiguous, List<String> dropped) {
    public IdentityMatch {
        matched = Map.copyOf(matched);
        ambiguous = List.copyOf(ambiguous);
        dropped = List.copyOf(dropped);
    }

    /**
     * The same identity is the same operator. Of what is left over without a uid, that is the same operator to which
     * the same leads and from which the same follows; and, if it was the only one to which the same leads and is so
     * now, that from which something else follows, which does not touch its state. Twins match in an unchanged graph
     * only.
     *
     * @param snapshot identities of all operators with state in the snapshot
     * @param graph identities of all operators of the graph
     */
    public static IdentityMatch of(Collection<String> snapshot, Collection<String> graph) {
        Map<String, String> matched = new LinkedHashMap<>();
        Set<String> free = new LinkedHashSet<>(graph);
        Set<String> open = new LinkedHashSet<>(snapshot);
        for (String identity : snapshot) {
            if (free.remove(identity)) {
                matched.put(identity, identity);
                open.remove(identity);
            }
        }
        List<String> ambiguous = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        for (String identity : open) {
            Optional<StructuralId> wanted = StructuralId.parse(identity);
            List<StructuralId> alike = wanted.map(id -> alike(id, free)).orElse(List.of());
            Optional<StructuralId> found = wanted.flatMap(id -> choose(id, alike));
            if (found.isPresent()) {
                matched.put(identity, found.get().toString());
                free.remove(found.get().toString());
            } else {
                (alike.isEmpty() ? dropped : ambiguous).add(identity);
            }
        }
        return new IdentityMatch(matched, ambiguous, dropped);
    }

    private static Optional<StructuralId> choose(StructuralId wanted, List<StructuralId> alike) {
        List<StructuralId> same = alike.stream()
                .filter(other -> other.behind().equals(wanted.behind()))
                .toList();
        if (wanted.isTwin() || same.stream().anyMatch(StructuralId::isTwin)) {
            return Optional.empty();
        }
        if (same.size() == 1) {
            return Optional.of(same.get(0));
        }
        return wanted.isOnly() && alike.size() == 1 && alike.get(0).isOnly()
                ? Optional.of(alike.get(0))
                : Optional.empty();
    }

    private static List<StructuralId> alike(StructuralId wanted, Set<String> identities) {
        return identities.stream()
                .flatMap(identity -> StructuralId.parse(identity).stream())
                .filter(other -> other.before().equals(wanted.before()))
                .toList();
    }
}
