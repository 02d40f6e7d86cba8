package io.millrace.deploy.failover;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks again until an answer is the awaited one, for a bounded time. There is no pause between two questions: each is a
 * program run in a container, which takes its time.
 */
final class Deadline {

    private Deadline() {}

    /**
     * @param awaited what, for the error
     * @return the first answer that is accepted
     * @throws AssertionError with the last answer when the time is over
     */
    static <T> T await(Duration limit, String awaited, Supplier<T> question, Predicate<T> accepted) {
        long begin = System.nanoTime();
        T answer = question.get();
        while (!accepted.test(answer)) {
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new AssertionError(
                        "Not within " + limit.toSeconds() + " s: " + awaited + ". Last answer:\n" + answer);
            }
            answer = question.get();
        }
        return answer;
    }
}
