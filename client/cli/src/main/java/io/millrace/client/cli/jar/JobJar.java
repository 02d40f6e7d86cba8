package io.millrace.client.cli.jar;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A jar that passed every check that can be made without running its code.
 *
 * @param mainClass the class whose {@code main} describes the job
 * @param warnings what works but is probably not meant
 */
public record JobJar(Path path, String mainClass, List<Problem> warnings) {

    public JobJar {
        warnings = List.copyOf(warnings);
    }

    /**
     * Checks a jar.
     *
     * @param mainClass the class that the user named; null for the one that the jar's manifest names
     * @throws MillraceException with the first check that fails; nothing was sent or run
     */
    public static JobJar open(Path path, @Nullable String mainClass) {
        requireFile(path);
        try (JarFile jar = new JarFile(path.toFile())) {
            JarContent content = JarContent.of(jar, path);
            String chosen = mainClass == null ? namedByManifest(jar, path) : mainClass;
            MainClassFile.check(jar, path, chosen, content.classNames());
            return new JobJar(path, chosen, content.warnings(path));
        } catch (ZipException e) {
            throw corrupt(path, String.valueOf(e.getMessage()), e);
        } catch (SecurityException e) {
            throw Problem.of(CliError.JAR_BAD_SIGNATURE, "The signature of the jar does not fit its content")
                    .at(path.toString())
                    .because(String.valueOf(e.getMessage()))
                    .fix("Build the jar again; a jar merged from signed jars must leave their META-INF/*.SF files out")
                    .asException(e);
        } catch (IOException e) {
            throw corrupt(path, String.valueOf(e.getMessage()), e);
        }
    }

    /** For a class loader. */
    public URL url() {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("A path always has a URL: " + path, e);
        }
    }

    private static void requireFile(Path path) {
        if (Files.isDirectory(path)) {
            throw Problem.of(CliError.JAR_IS_DIRECTORY, "'" + path + "' is a directory")
                    .fix("Give the jar file itself, such as " + path.resolve("job.jar"))
                    .asException();
        }
        if (!Files.exists(path)) {
            throw Problem.of(CliError.JAR_MISSING, "There is no file '" + path + "'")
                    .because("looked in " + path.toAbsolutePath().getParent())
                    .fix("Check the path, or build the jar first")
                    .asException();
        }
        try {
            if (Files.size(path) == 0) {
                throw Problem.of(CliError.JAR_EMPTY, "'" + path + "' is empty")
                        .fix("Build the jar again")
                        .asException();
            }
        } catch (IOException e) {
            throw corrupt(path, e.toString(), e);
        }
    }

    private static String namedByManifest(JarFile jar, Path path) throws IOException {
        String named = jar.getManifest() == null
                ? null
                : jar.getManifest().getMainAttributes().getValue("Main-Class");
        if (named == null || named.isBlank()) {
            throw Problem.of(CliError.MAIN_CLASS_NOT_NAMED, "The jar does not say which class to run")
                    .at(path.toString())
                    .because("META-INF/MANIFEST.MF has no attribute Main-Class")
                    .fix("Name the class with -c CLASS, or set Main-Class in the jar's manifest")
                    .asException();
        }
        return named.strip();
    }

    private static MillraceException corrupt(Path path, String why, Exception cause) {
        return Problem.of(CliError.JAR_CORRUPT, "'" + path + "' cannot be read as a jar")
                .because(why)
                .fix("Build or copy the jar again")
                .asException(cause);
    }
}
