package io.millrace.client.connectors.files;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a part file is closed. Where checkpoints are taken each of them closes the open parts too, so that the output is
 * visible with the checkpoint, and these bounds apply in between.
 *
 * @param maxPartBytes at this size
 * @param rolloverMillis at this age
 * @param inactivityMillis when nothing was written for so long
 */
public record RollingPolicy(long maxPartBytes, long rolloverMillis, long inactivityMillis) implements Serializable {

    /** 128 MiB, one minute, one minute. */
    public static final RollingPolicy DEFAULT = new RollingPolicy(128L << 20, 60_000, 60_000);

    public RollingPolicy {
        if (maxPartBytes < 1 || rolloverMillis < 1 || inactivityMillis < 1) {
            throw new IllegalArgumentException("A rolling policy's bounds are at least 1");
        }
    }

    /** By age and inactivity alike. */
    public static RollingPolicy every(Duration age) {
        return new RollingPolicy(DEFAULT.maxPartBytes(), age.toMillis(), age.toMillis());
    }

    /** Starts from {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets bounds by name. */
    public static final class Builder {
        private RollingPolicy policy = DEFAULT;

        private Builder() {}

        public Builder withMaxPartSize(long bytes) {
            policy = new RollingPolicy(bytes, policy.rolloverMillis(), policy.inactivityMillis());
            return this;
        }

        public Builder withRolloverInterval(Duration age) {
            policy = new RollingPolicy(policy.maxPartBytes(), age.toMillis(), policy.inactivityMillis());
            return this;
        }

        public Builder withInactivityInterval(Duration inactivity) {
            policy = new RollingPolicy(policy.maxPartBytes(), policy.rolloverMillis(), inactivity.toMillis());
            return this;
        }

        public RollingPolicy build() {
            return policy;
        }
    }
}
