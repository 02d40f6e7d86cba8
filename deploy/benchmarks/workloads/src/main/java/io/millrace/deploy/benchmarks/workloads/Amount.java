package io.millrace.deploy.benchmarks.workloads;

/** An amount booked on an account, or the account's sum so far. */
public class Amount {

    public long account;
    public long cents;

    public Amount() {}

    public Amount(long account, long cents) {
        this.account = account;
        this.cents = cents;
    }

    /** The key of the running sum. */
    public long getAccount() {
        return account;
    }

    /** Depends on both fields. */
    public static long digest(Amount amount) {
        return Mix.mix(amount.account * 31 + amount.cents);
    }
}
