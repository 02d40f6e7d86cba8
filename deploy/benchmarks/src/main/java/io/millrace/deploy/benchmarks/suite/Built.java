package io.millrace.deploy.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds what the build has left. */
final class Built {

    private Built() {}

    /** The one file or folder of that name pattern in the folder. */
    static Path only(Path folder, String glob) throws IOException {
        var matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> matcher.matches(file.getFileName())).toList();
            if (found.size() != 1) {
                throw new IOException("expected one " + glob + " in " + folder + ", found " + found.size());
            }
            return found.get(0);
        }
    }
}
