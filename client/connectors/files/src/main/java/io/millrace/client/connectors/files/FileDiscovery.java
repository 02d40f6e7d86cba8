package io.millrace.client.connectors.files;

import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files that paths stand for. Blocks its caller. */
final class FileDiscovery {

    private FileDiscovery() {}

    /** @throws io.millrace.common.core.error.MillraceException for a path that does not exist or cannot be read */
    static List<String> list(List<String> paths) {
        List<String> files = new ArrayList<>();
        for (String path : paths) {
            addFiles(Path.of(path), files);
        }
        return files;
    }

    private static void addFiles(Path path, List<String> files) {
        if (Files.isDirectory(path)) {
            addDirectory(path, files);
        } else if (!Files.exists(path)) {
            throw Problem.of(FileErrors.FILE_NOT_FOUND, "There is no file or directory '" + path + "'")
                    .because("It was looked for on the TaskManager, at " + path.toAbsolutePath())
                    .fix("Check the path; every TaskManager must see it under the same name")
                    .asException();
        } else if (!Files.isReadable(path)) {
            throw unreadable(path, "it may not be read", null);
        } else {
            files.add(path.toString());
        }
    }

    private static void addDirectory(Path directory, List<String> files) {
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(entry -> Files.isRegularFile(entry) && !isHidden(entry))
                    .map(Path::toString)
                    .sorted()
                    .forEach(files::add);
        } catch (IOException e) {
            throw unreadable(directory, e.toString(), e);
        }
    }

    private static boolean isHidden(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") || name.startsWith("_");
    }

    static RuntimeException unreadable(Path path, String why, @org.jspecify.annotations.Nullable IOException cause) {
        Problem problem = Problem.of(FileErrors.FILE_UNREADABLE, "Cannot read '" + path + "'")
                .because(why)
                .fix("Check the permissions of the user that runs the TaskManager");
        return cause == null ? problem.asException() : problem.asException(cause);
    }
}
