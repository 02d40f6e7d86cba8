package io.millrace.client.cli.jar;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.Suggestion;
import io.millrace.common.core.error.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The file of the main class, looked at before anything is loaded. */
final class MainClassFile {
    private static final int MAGIC = 0xCAFEBABE;
    /** Class files of Java N have the major version N + 44. */
    private static final int FIRST_MAJOR = 44;

    private MainClassFile() {}

    static void check(JarFile jar, Path path, String className, List<String> classNames) throws IOException {
        JarEntry entry = jar.getJarEntry(className.replace('.', '/') + ".class");
        if (entry == null) {
            throw absent(path, className, classNames).asException();
        }
        try (DataInputStream file = new DataInputStream(jar.getInputStream(entry))) {
            int magic = file.readInt();
            file.readUnsignedShort();
            int needed = file.readUnsignedShort() - FIRST_MAJOR;
            int running = Runtime.version().feature();
            if (magic != MAGIC) {
                throw Problem.of(CliError.MAIN_CLASS_UNUSABLE, "Class " + className + " is not a class file")
                        .at(path.toString())
                        .fix("Build the jar again")
                        .asException();
            }
            if (needed > running) {
                throw tooNew(className, needed, running).at(path.toString()).asException();
            }
        }
    }

    /** What to say of a class that needs a newer Java than this one. */
    static Problem tooNew(String className, int needed, int running) {
        return Problem.of(
                        CliError.CLASS_FILE_TOO_NEW,
                        "Class " + className + " was compiled for Java " + needed + ", this is Java " + running)
                .fix("Compile the job with --release " + running + ", or run Millrace with Java " + needed);
    }

    private static Problem absent(Path path, String className, List<String> classNames) {
        Problem problem = Problem.of(CliError.MAIN_CLASS_MISSING, "The jar has no class " + className)
                .at(path.toString())
                .because("looked for the entry " + className.replace('.', '/') + ".class");
        List<String> outer =
                classNames.stream().filter(name -> name.indexOf('$') < 0).toList();
        if (outer.isEmpty()) {
            return problem.because("there is no class in it at all").fix("Check that this is the job's jar");
        }
        return problem.fix(outer.stream()
                .filter(name -> name.endsWith("." + className))
                .findFirst()
                .or(() -> Suggestion.of(className, outer))
                .map(meant -> "Did you mean -c " + meant + "?")
                .orElse("Give the class's full name, or leave -c out where the jar's manifest names it"));
    }
}
