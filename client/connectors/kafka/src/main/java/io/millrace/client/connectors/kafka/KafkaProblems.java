package io.millrace.client.connectors.kafka;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says what Kafka's exceptions mean for the user. */
public final class KafkaProblems {

    private KafkaProblems() {}

    /**
     * @param otherwise the code for what is neither a matter of access nor of reachability
     * @param what what could not be done
     * @param place the source or sink and its brokers
     */
    public static MillraceException of(Throwable thrown, KafkaErrors otherwise, String what, String place) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof MillraceException known) {
            return known;
        }
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return Problem.of(KafkaErrors.KAFKA_ACCESS_DENIED, what)
                    .at(place)
                    .because(text(cause))
                    .fix("Check the security properties, and what the cluster lets this user do")
                    .asException(cause);
        }
        if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
            return Problem.of(KafkaErrors.KAFKA_UNREACHABLE, what)
                    .at(place)
                    .because(text(cause))
                    .fix("Check the address of the brokers, and that they run")
                    .asException(cause);
        }
        return Problem.of(otherwise, what)
                .at(place)
                .because(text(cause))
                .fix("See the reason; the broker's log may say more")
                .asException(cause);
    }

    /** The failure itself: clients wrap it in an exception that says only that there was one. */
    public static Throwable unwrap(Throwable thrown) {
        Throwable found = thrown;
        while (found.getClass() == KafkaException.class && found.getCause() != null) {
            found = found.getCause();
        }
        return found;
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
