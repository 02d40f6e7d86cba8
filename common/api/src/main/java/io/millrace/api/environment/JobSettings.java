package io.millrace.api.environment;

import io.millrace.api.plan.builder.UserLine;
import io.millrace.common.core.config.ConfigOption;
import io.millrace.common.core.config.Configuration;
import java.time.Duration;
import java.util.Map;

/** The settings of a job under construction, shared by the environment and its configuration objects. */
final class JobSettings {
    private Configuration configuration;

    JobSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    Configuration configuration() {
        return configuration;
    }

    void add(Configuration other) {
        configuration = configuration.overriddenBy(other);
    }

    <T> T get(ConfigOption<T> option) {
        return configuration.get(option);
    }

    void set(ConfigOption<?> option, Object value) {
        String line = UserLine.current();
        String place = line.isEmpty() ? "the program" : line;
        add(Configuration.of(Map.of(option.key(), String.valueOf(value)), place));
    }

    void setMillis(ConfigOption<Duration> option, long millis) {
        set(option, millis + "ms");
    }
}
