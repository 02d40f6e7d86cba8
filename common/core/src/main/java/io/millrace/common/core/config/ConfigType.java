package io.millrace.common.core.config;

import java.time.Duration;
import java.util.List;

/**
 * The form of a setting's value.
 *
 * @param <T> what it is read as
 */
public sealed interface ConfigType<T> {

    /** The name of the form as the reference page shows it. */
    String label();

    /** The accepted forms, for error messages. */
    String accepted();

    /** @throws IllegalArgumentException if {@code text} does not have an accepted form; the message says why */
    T parse(String text);

    /** A whole number within bounds. */
    record IntType(int min, int max) implements ConfigType<Integer> {
        @Override
        public String label() {
            return "int";
        }

        @Override
        public String accepted() {
            return "a whole number from " + min + " to " + max;
        }

        @Override
        public Integer parse(String text) {
            long value;
            try {
                value = Long.parseLong(text.trim());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
            }
            if (value < min || value > max) {
                throw new IllegalArgumentException(value + " is outside " + min + ".." + max);
            }
            return (int) value;
        }
    }

    /** True or false. */
    record BooleanType() implements ConfigType<Boolean> {
        @Override
        public String label() {
            return "boolean";
        }

        @Override
        public String accepted() {
            return "true or false";
        }

        @Override
        public Boolean parse(String text) {
            return switch (text.trim()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
            };
        }
    }

    /** Any text. */
    record TextType() implements ConfigType<String> {
        @Override
        public String label() {
            return "text";
        }

        @Override
        public String accepted() {
            return "any text";
        }

        @Override
        public String parse(String text) {
            return text.trim();
        }
    }

    /** One of a few words. */
    record ChoiceType(List<String> choices) implements ConfigType<String> {
        @Override
        public String label() {
            return "choice";
        }

        @Override
        public String accepted() {
            return "one of " + String.join(", ", choices);
        }

        @Override
        public String parse(String text) {
            if (!choices.contains(text.trim())) {
                throw new IllegalArgumentException("'" + text + "' is not one of " + String.join(", ", choices));
            }
            return text.trim();
        }
    }

    /** A non-negative duration with a unit. */
    record DurationType() implements ConfigType<Duration> {
        @Override
        public String label() {
            return "duration";
        }

        @Override
        public String accepted() {
            return "a number with a unit: 100ms, 5s, 2min, 1h, 1d";
        }

        @Override
        public Duration parse(String text) {
            return Quantities.parseDuration(text);
        }
    }

    /** A non-negative number of bytes with a unit. */
    record MemoryType() implements ConfigType<Long> {
        @Override
        public String label() {
            return "memory";
        }

        @Override
        public String accepted() {
            return "a number with a unit: 32768b, 512k, 64m, 2g";
        }

        @Override
        public Long parse(String text) {
            return Quantities.parseBytes(text);
        }
    }

    /** A place for checkpoints. */
    record StorageType() implements ConfigType<StorageLocation> {
        @Override
        public String label() {
            return "storage";
        }

        @Override
        public String accepted() {
            return "file:///path, /path or s3://bucket/prefix";
        }

        @Override
        public StorageLocation parse(String text) {
            return StorageLocation.parse(text);
        }
    }
}
