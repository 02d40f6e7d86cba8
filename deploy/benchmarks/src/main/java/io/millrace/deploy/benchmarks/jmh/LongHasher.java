package io.millrace.deploy.benchmarks.jmh;

import io.millrace.api.types.KeyHasher;
import io.millrace.deploy.benchmarks.workloads.Mix;

/** Hashes boxed longs as cheaply as a generated hasher would. */
final class LongHasher extends KeyHasher<Long> {

    @Override
    public int hash(Long key) {
        return (int) Mix.mix(key);
    }

    @Override
    public boolean equal(Long a, Long b) {
        return a.longValue() == b.longValue();
    }
}
