package io.millrace.api.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;

/**
 * A sink that makes its output visible in two phases: writers prepare committables, a committer commits them when the
 * checkpoint that covers them is complete, or at the end of a bounded input.
 */
public interface SupportsCommitter<CommT> {
    Committer<CommT> createCommitter(CommitterInitContext context) throws IOException;

    SimpleVersionedSerializer<CommT> getCommittableSerializer();
}
