package io.millrace.deploy.benchmarks.workloads;

import java.io.Serializable;

/** Opens the feed of a split. The same split of the same number of splits always gives the same records. */
@FunctionalInterface
public interface FeedFactory<T> extends Serializable {

    /** Opens split {@code split} of {@code splits}. */
    Feed<T> open(int split, int splits);
}
