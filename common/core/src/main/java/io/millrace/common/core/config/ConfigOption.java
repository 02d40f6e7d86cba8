package io.millrace.common.core.config;

/**
 * One setting.
 *
 * @param key lower-case words joined by dots and hyphens
 * @param type the form of its value
 * @param defaultText its default in that form
 * @param description what it does, in one or two sentences
 */
public record ConfigOption<T>(String key, ConfigType<T> type, String defaultText, String description) {

    public ConfigOption {
        type.parse(defaultText);
    }

    public T defaultValue() {
        return type.parse(defaultText);
    }
}
