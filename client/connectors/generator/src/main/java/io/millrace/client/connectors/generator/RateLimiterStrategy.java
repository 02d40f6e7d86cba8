package io.millrace.client.connectors.generator;

import java.io.Serializable;

/**
 * How fast a generator goes.
 *
 * @param elementsPerSecond over all subtasks together; 0 for as fast as the stream takes them
 */
public record RateLimiterStrategy(double elementsPerSecond) implements Serializable {

    public RateLimiterStrategy {
        if (!(elementsPerSecond >= 0)) {
            throw new IllegalArgumentException("A rate is not negative, found " + elementsPerSecond);
        }
    }

    public static RateLimiterStrategy perSecond(double recordsPerSecond) {
        if (!(recordsPerSecond > 0)) {
            throw new IllegalArgumentException("A rate is more than 0, found " + recordsPerSecond);
        }
        return new RateLimiterStrategy(recordsPerSecond);
    }

    public static RateLimiterStrategy noOp() {
        return new RateLimiterStrategy(0);
    }
}
