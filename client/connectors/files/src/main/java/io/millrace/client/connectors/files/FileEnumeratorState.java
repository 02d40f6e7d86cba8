package io.millrace.client.connectors.files;

import java.util.List;
import java.util.Set;

/**
 * What an enumerator knows.
 *
 * @param pending found and not assigned yet, in order
 * @param seen paths of all files ever found
 */
public record FileEnumeratorState(List<FileSplit> pending, Set<String> seen) {
    public FileEnumeratorState {
        pending = List.copyOf(pending);
        seen = Set.copyOf(seen);
    }
}
