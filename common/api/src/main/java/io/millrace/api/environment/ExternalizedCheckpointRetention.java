package io.millrace.api.environment;

/** What becomes of a job's last checkpoint when the job does not finish. That of a finished job is deleted. */
public enum ExternalizedCheckpointRetention {
    /** Kept, whether the job was cancelled or failed. */
    RETAIN_ON_CANCELLATION("retain"),
    /** Kept only if the job failed. */
    DELETE_ON_CANCELLATION("delete-on-cancel"),
    /** Never kept. */
    NO_EXTERNALIZED_CHECKPOINTS("delete");

    private final String setting;

    ExternalizedCheckpointRetention(String setting) {
        this.setting = setting;
    }

    String setting() {
        return setting;
    }

    static ExternalizedCheckpointRetention ofSetting(String setting) {
        for (ExternalizedCheckpointRetention retention : values()) {
            if (retention.setting.equals(setting)) {
                return retention;
            }
        }
        throw new IllegalStateException("Invariant broken: no retention is called " + setting);
    }
}
