package io.millrace.common.core.error;

/** The result of something that is expected to fail now and then: a value or a {@link Problem}. */
public sealed interface Outcome<T> {

    record Success<T>(T value) implements Outcome<T> {}

    record Failure<T>(Problem problem) implements Outcome<T> {}

    static <T> Outcome<T> success(T value) {
        return new Success<>(value);
    }

    static <T> Outcome<T> failure(Problem problem) {
        return new Failure<>(problem);
    }

    /** The value, or the problem thrown as a {@link MillraceException}. */
    default T orThrow() {
        if (this instanceof Success<T> success) {
            return success.value();
        }
        throw ((Failure<T>) this).problem().asException();
    }
}
