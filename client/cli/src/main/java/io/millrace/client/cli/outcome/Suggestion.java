package io.millrace.client.cli.outcome;

import io.millrace.common.core.config.ConfigCatalog;
import java.util.Collection;
import java.util.Optional;

/** What somebody may have meant to type: only what looks like it, since a far-fetched guess misleads. */
public final class Suggestion {

    private Suggestion() {}

    /** The candidate that takes the fewest edits, if it begins as {@code typed} does or one contains the other. */
    public static Optional<String> of(String typed, Collection<String> candidates) {
        String word = bare(typed);
        if (word.isEmpty() || candidates.isEmpty()) {
            return Optional.empty();
        }
        String nearest = ConfigCatalog.nearest(typed, candidates);
        String bare = bare(nearest);
        boolean similar = bare.charAt(0) == word.charAt(0) || bare.contains(word) || word.contains(bare);
        return similar ? Optional.of(nearest) : Optional.empty();
    }

    private static String bare(String name) {
        return name.replaceFirst("^-+", "");
    }
}
