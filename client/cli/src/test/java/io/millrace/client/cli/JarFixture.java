package io.millrace.client.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes jars as users would: compiles sources with the JDK's compiler and packs them. */
public final class JarFixture {
    private final Path directory;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Manifest manifest = new Manifest();

    /** @param directory for the jar and what leads to it */
    public JarFixture(Path directory) {
        this.directory = directory;
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    public JarFixture mainClass(String name) {
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
        return this;
    }

    public JarFixture entry(String name, byte[] content) {
        entries.put(name, content.clone());
        return this;
    }

    /** Compiles a top-level class of the default package; its nested classes come along. */
    public JarFixture source(String className, String source) {
        try {
            Path work = Files.createTempDirectory(directory, "sources");
            Path file = Files.writeString(work.resolve(className + ".java"), source);
            List<String> arguments = List.of(
                    "-proc:none",
                    "-classpath",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "-d",
                    work.toString(),
                    file.toString());
            int status = ToolProvider.getSystemJavaCompiler()
                    .run(new ByteArrayInputStream(new byte[0]), null, null, arguments.toArray(String[]::new));
            if (status != 0) {
                throw new IllegalArgumentException("The source of " + className + " does not compile");
            }
            addClasses(work);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class whose main has this body, with the API imported, as the jar's main class. */
    public JarFixture main(String className, String body) {
        return mainClass(className).source(className, """
                import io.millrace.api.environment.*;
                import io.millrace.api.execution.*;
                public class %s {
                    public static void main(String[] args) throws Exception {
                        %s
                    }
                }
                """.formatted(className, body));
    }

    public Path write(String name) {
        Path jar = directory.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream output = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                output.putNextEntry(new JarEntry(entry.getKey()));
                output.write(entry.getValue());
                output.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The smallest start of a class file of some version. */
    public static byte[] classFile(int majorVersion) {
        return new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) majorVersion, 0, 1};
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void addClasses(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class")) {
                    entries.put(name, Files.readAllBytes(file));
                }
            }
        }
    }
}
