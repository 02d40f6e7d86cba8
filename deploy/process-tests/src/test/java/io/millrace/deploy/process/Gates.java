package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The test's end of the files by which functions of a job are held up in user code. */
final class Gates {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path directory;

    Gates(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    Path directory() {
        return directory;
    }

    void close(String gate) throws IOException {
        forget();
        Files.createFile(directory.resolve("hold-" + gate));
    }

    void open(String gate) throws IOException {
        Files.deleteIfExists(directory.resolve("hold-" + gate));
    }

    /** From now on elements pass at full speed. */
    void go() throws IOException {
        Files.createFile(directory.resolve("go"));
    }

    /** Waits until a function is held up. @return the number of its process */
    long awaitHeld(String gate) throws IOException {
        String prefix = "held-" + gate + "-";
        return Long.parseLong(await(prefix, 1).iterator().next().substring(prefix.length()));
    }

    /**
     * Waits a while until the barrier of one checkpoint has been passed by so many subtasks, the first, which is held
     * up, not among them.
     *
     * @return the checkpoint; empty if it has not come to that
     */
    OptionalLong awaitPassedByOthers(int subtasks, long nanos) throws IOException {
        long deadline = System.nanoTime() + nanos;
        while (System.nanoTime() < deadline) {
            NavigableMap<Long, Set<Integer>> passed = passed();
            if (!passed.isEmpty()) {
                Set<Integer> newest = passed.lastEntry().getValue();
                if (newest.size() == subtasks && !newest.contains(0)) {
                    return OptionalLong.of(passed.lastKey());
                }
            }
            LogLines.pause();
        }
        return OptionalLong.empty();
    }

    /** By checkpoint, the subtasks that have passed its barrier. */
    private NavigableMap<Long, Set<Integer>> passed() throws IOException {
        NavigableMap<Long, Set<Integer>> passed = new TreeMap<>();
        for (String name : names("passed-")) {
            int dash = name.lastIndexOf('-');
            passed.computeIfAbsent(Long.parseLong(name.substring("passed-".length(), dash)), key -> new HashSet<>())
                    .add(Integer.parseInt(name.substring(dash + 1)));
        }
        return passed;
    }

    private Set<String> await(String prefix, int count) throws IOException {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (true) {
            Set<String> found = names(prefix);
            if (found.size() >= count) {
                return found;
            }
            assertThat(System.nanoTime()).as("%s has not come", prefix).isLessThan(deadline);
            LogLines.pause();
        }
    }

    private Set<String> names(String prefix) throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .forEach(names::add);
        }
        return names;
    }

    /** Whoever was held up, and barriers that are long passed by all. */
    private void forget() throws IOException {
        for (String name : names("held-")) {
            Files.deleteIfExists(directory.resolve(name));
        }
        NavigableMap<Long, Set<Integer>> passed = passed();
        while (passed.size() > 1) {
            long checkpoint = passed.firstKey();
            for (int subtask : passed.remove(checkpoint)) {
                Files.deleteIfExists(directory.resolve("passed-" + checkpoint + "-" + subtask));
            }
        }
    }
}
