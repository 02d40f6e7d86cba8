package io.millrace.deploy.benchmarks.workloads;

/**
 * Amounts on 1,000,000 accounts: first one on each, then on one in a hundred of them only, picked evenly. So nearly all
 * of the state stays as it is.
 */
public final class HotAmountFeed implements Feed<Amount> {

    private static final int ACCOUNTS = 1_000_000;
    private static final int ONE_IN = 100;
    private static final long CENTS = 1_000;

    private final int splits;
    private long sequence;

    public HotAmountFeed(int split, int splits) {
        this.sequence = split;
        this.splits = splits;
    }

    @Override
    public Amount next(long dueNanos) {
        long account =
                sequence < ACCOUNTS ? sequence : Long.remainderUnsigned(Mix.mix(sequence), ACCOUNTS / ONE_IN) * ONE_IN;
        sequence += splits;
        return new Amount(account, CENTS);
    }
}
