package io.millrace.common.core.concurrent;

/** Something that makes a sleeping owner look again. Whoever calls it has published first. */
@FunctionalInterface
public interface Waker {
    /** For an owner that looks by itself. */
    Waker NOBODY = () -> {};

    /** Any thread; cheap when the owner is awake. */
    void wake();
}
