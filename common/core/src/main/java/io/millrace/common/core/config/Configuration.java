package io.millrace.common.core.config;

import io.millrace.common.core.error.Problem;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings by key, each known to a {@link ConfigCatalog} and of the right form: building one with a wrong entry fails.
 * Immutable.
 */
public final class Configuration {
    public static final Configuration EMPTY = new Configuration(Map.of());

    private final Map<String, String> entries;

    private Configuration(Map<String, String> entries) {
        this.entries = Map.copyOf(entries);
    }

    /**
     * @param entries key to value as text
     * @param place where they come from, for error messages: a file, a command line
     * @throws io.millrace.common.core.error.MillraceException {@code CONFIG_UNKNOWN_KEY} or {@code CONFIG_BAD_VALUE}
     */
    public static Configuration of(Map<String, String> entries, String place) {
        new TreeMap<>(entries).forEach((key, value) -> check(key, value, place));
        return new Configuration(entries);
    }

    private static void check(String key, String value, String place) {
        ConfigOption<?> option = ConfigCatalog.find(key)
                .orElseThrow(() -> Problem.of(ConfigErrors.CONFIG_UNKNOWN_KEY, "There is no setting '" + key + "'")
                        .at(place)
                        .fix("Did you mean '" + ConfigCatalog.nearest(key) + "'? 'millrace config' lists all settings")
                        .asException());
        try {
            option.type().parse(value);
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                            ConfigErrors.CONFIG_BAD_VALUE,
                            "Bad value for '" + key + "': '" + withoutSecrets(value) + "'")
                    .at(place)
                    .because(String.valueOf(e.getMessage()))
                    .fix("Give " + option.type().accepted())
                    .asException(e);
        }
    }

    /** People put keys before the '@' of a URI. */
    private static String withoutSecrets(String value) {
        return value.replaceAll("//[^/\\s]*@", "//***@");
    }

    public <T> T get(ConfigOption<T> option) {
        String text = entries.get(option.key());
        return text == null ? option.defaultValue() : option.type().parse(text);
    }

    public boolean contains(ConfigOption<?> option) {
        return entries.containsKey(option.key());
    }

    /** These settings with {@code other}'s in place of those that both have. */
    public Configuration overriddenBy(Configuration other) {
        Map<String, String> merged = new TreeMap<>(entries);
        merged.putAll(other.entries);
        return new Configuration(merged);
    }

    /** The settings that were given, as text. */
    public Map<String, String> toMap() {
        return entries;
    }
}
