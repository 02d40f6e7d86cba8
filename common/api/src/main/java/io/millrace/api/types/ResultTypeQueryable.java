package io.millrace.api.types;

/** A function or source that tells the type of its results itself, for where its class does not. */
public interface ResultTypeQueryable<T> {
    TypeInformation<T> getProducedType();
}
