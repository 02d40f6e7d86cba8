package io.millrace.deploy.benchmarks.workloads;

/**
 * Amounts on 1,000,000 accounts, picked evenly. All amounts are equal so that the running sums do not depend on the
 * order in which splits mix, and too large for the small boxed values that a JVM caches.
 */
public final class AmountFeed implements Feed<Amount> {

    private static final int ACCOUNTS = 1_000_000;
    private static final long CENTS = 1_000;

    private final int splits;
    private long sequence;

    public AmountFeed(int split, int splits) {
        this.sequence = split;
        this.splits = splits;
    }

    @Override
    public Amount next(long dueNanos) {
        long account = Long.remainderUnsigned(Mix.mix(sequence), ACCOUNTS);
        sequence += splits;
        return new Amount(account, CENTS);
    }
}
