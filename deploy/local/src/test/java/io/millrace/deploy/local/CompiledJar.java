package io.millrace.deploy.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles sources that must not be on the class path of the tests, and packs them. */
final class CompiledJar {
    private final Path work;
    private final Map<String, byte[]> entries = new TreeMap<>();
    private final List<String> files = new ArrayList<>();

    /** @param work an empty directory for sources and classes */
    CompiledJar(Path work) {
        this.work = work;
    }

    /** @param className with its package */
    CompiledJar source(String className, String source) throws IOException {
        Path file = work.resolve("sources").resolve(className.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        files.add(Files.writeString(file, source).toString());
        return this;
    }

    CompiledJar entry(String name, byte[] content) {
        entries.put(name, content.clone());
        return this;
    }

    /** Compiles all sources together. */
    Path write(Path jar) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-d",
                classes.toString()));
        arguments.addAll(files);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(new ByteArrayInputStream(new byte[0]), null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalArgumentException("A source does not compile: " + files);
        }
        try (Stream<Path> below = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) below.filter(Files::isRegularFile)::iterator) {
                entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return JobJars.write(jar, entries);
    }
}
