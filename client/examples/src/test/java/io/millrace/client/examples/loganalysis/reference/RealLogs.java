package io.millrace.client.examples.loganalysis.reference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Published logs that lie beside the repository, in {@code ../shared/data} or where the system property
 * {@code millrace.data} says. Tests that want them do nothing where they are not.
 */
public final class RealLogs {
    private RealLogs() {}

    /** The file of that name, if it is there. */
    public static Optional<Path> find(String name) {
        String property = System.getProperty("millrace.data", "");
        Path file = property.isEmpty() ? besideTheRepository().resolve(name) : Path.of(property, name);
        return Optional.of(file).filter(Files::isRegularFile);
    }

    private static Path besideTheRepository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn")) && directory.getParent() != null) {
            directory = directory.getParent();
        }
        return directory.resolveSibling("shared").resolve("data");
    }
}
