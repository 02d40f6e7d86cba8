package io.millrace.deploy.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What only the text shows: how long files and lines are, and what was left for later. */
final class SourceRules {
    static final int LONGEST_FILE = 400;
    static final int LONGEST_LINE = 120;

    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".git", ".idea", "node_modules");
    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|proto|sh|js)|run|millrace");
    /** As long as their arity makes them: one field, accessor and parameter per position. */
    private static final Pattern LONG_BY_NATURE = Pattern.compile("Tuple2[0-9]\\.java");

    /** Lines that are one sample of foreign text, which is worth more whole, or one name. */
    private static final Pattern UNBREAKABLE = Pattern.compile("\\s*\"(\\\\.|[^\"\\\\])*\"[,;)]*|(import|package) .*");

    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    private SourceRules() {}

    /** The nearest folder upwards from here that holds the Maven configuration of the whole build. */
    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "No folder with .mvn above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    static List<Path> sources(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = SKIPPED_FOLDERS.contains(folder.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (SOURCE.matcher(file.getFileName().toString()).matches()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** One sentence per violation, with file and line. */
    static List<String> violations(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(root)) {
            String name = root.relativize(file).toString();
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            boolean longByNature =
                    LONG_BY_NATURE.matcher(file.getFileName().toString()).matches();
            if (lines.size() > LONGEST_FILE && !longByNature) {
                found.add(name + " has " + lines.size() + " lines; at most " + LONGEST_FILE + ": split it by noun");
            }
            for (int i = 0; i < lines.size(); i++) {
                check(name + ":" + (i + 1), lines.get(i), found);
            }
        }
        return found;
    }

    private static void check(String place, String line, List<String> found) {
        boolean unbreakable = UNBREAKABLE.matcher(line).matches();
        if (line.length() > LONGEST_LINE && !unbreakable) {
            found.add(place + " has " + line.length() + " characters; at most " + LONGEST_LINE);
        }
        if (LEFT_FOR_LATER.matcher(line).find()) {
            found.add(place + " leaves something for later; finish it or file it");
        }
    }
}
