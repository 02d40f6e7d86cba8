package io.millrace.deploy.benchmarks.workloads;

import java.io.Serializable;

/** A number that depends on the whole record; digests of many records are added up. */
@FunctionalInterface
public interface Digest<T> extends Serializable {

    /** The record's digest. */
    long of(T value);
}
