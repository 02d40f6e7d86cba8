package io.millrace.api.types;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A version of a class, from its source, in a loader of its own: so that a test can have two of the same name. */
public final class CompiledClass {

    private CompiledClass() {}

    private static final class OwnLoader extends ClassLoader {
        private final Map<String, byte[]> classes;

        OwnLoader(Map<String, byte[]> classes) {
            super(CompiledClass.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] code = classes.get(name);
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, code, 0, code.length);
        }
    }

    /**
     * @param name of the class, without package
     * @param source all of its file
     */
    @SuppressWarnings("unchecked") // handled as objects
    public static Class<Object> of(String name, String source) {
        try {
            Path directory = Files.createTempDirectory("millrace-versions");
            Path file = Files.writeString(directory.resolve(name + ".java"), source);
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-d", directory.toString(), file.toString());
            if (result != 0) {
                throw new IllegalArgumentException("The source does not compile");
            }
            return (Class<Object>) new OwnLoader(taken(directory)).loadClass(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, byte[]> taken(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.forEach(files::add);
        }
        Map<String, byte[]> classes = new HashMap<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".class")) {
                classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
            }
            Files.delete(file);
        }
        Files.delete(directory);
        return classes;
    }
}
