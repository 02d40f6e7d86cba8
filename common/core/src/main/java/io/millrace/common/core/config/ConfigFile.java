package io.millrace.common.core.config;

import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads the configuration file: YAML, either flat ({@code jobmanager.port: 7171}) or nested. Values stay text until a
 * {@link ConfigOption} reads them.
 */
public final class ConfigFile {
    private static final long MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    /** @throws io.millrace.common.core.error.MillraceException with the file and what is wrong in it */
    public static Configuration load(Path file) {
        Map<String, String> entries = new LinkedHashMap<>();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw unreadable(file, "it is larger than 1 MiB", null);
            }
            Object root = new Load(settings(file)).loadFromString(Files.readString(file));
            if (root instanceof Map<?, ?> map) {
                flatten("", map, entries, file);
            } else if (root != null) {
                throw unreadable(file, "it is not a list of 'key: value' lines", null);
            }
        } catch (DuplicateKeyException e) {
            throw Problem.of(ConfigErrors.CONFIG_DUPLICATE_KEY, "A setting is given twice")
                    .at(file.toString())
                    .because(String.valueOf(e.getMessage()))
                    .fix("Keep one of the two lines")
                    .asException(e);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw unreadable(file, "this user may not read it", e);
        } catch (IOException | YamlEngineException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
        return Configuration.of(entries, file.toString());
    }

    private static LoadSettings settings(Path file) {
        return LoadSettings.builder()
                .setLabel(file.toString())
                .setSchema(new FailsafeSchema())
                // The schema knows text alone and not even nothing, which a file of comments is.
                .setTagConstructors(Map.of(Tag.NULL, node -> null))
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(10)
                .build();
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, String> entries, Path file) {
        map.forEach((key, value) -> {
            String path = prefix + key;
            if (value instanceof Map<?, ?> nested) {
                flatten(path + ".", nested, entries, file);
            } else if (value instanceof String text) {
                if (entries.put(path, text) != null) {
                    throw Problem.of(ConfigErrors.CONFIG_DUPLICATE_KEY, "'" + path + "' is given twice")
                            .at(file.toString())
                            .fix("Keep one of the two")
                            .asException();
                }
            } else {
                throw unreadable(file, "the value of '" + path + "' is not plain text", null);
            }
        });
    }

    private static RuntimeException unreadable(
            Path file, String why, @org.jspecify.annotations.Nullable Exception cause) {
        Problem problem = Problem.of(ConfigErrors.CONFIG_FILE_UNREADABLE, "Cannot read the configuration file")
                .at(file.toString())
                .because(why)
                .fix("Correct the file, or name another with --config");
        return cause == null ? problem.asException() : problem.asException(cause);
    }
}
