package io.millrace.deploy.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Packs jobs as a user's build would: with what they need beside the API. */
final class JobJar {

    private JobJar() {}

    /**
     * Packs programs with the connectors and libraries of the log analysis, but not with the log analysis itself.
     *
     * @param classes whose packages are packed, each from where it was loaded
     */
    static Path pack(Path jar, Path logAnalysis, Class<?>... classes) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream output = new JarOutputStream(file);
                ZipFile libraries = new ZipFile(logAnalysis.toFile())) {
            for (ZipEntry entry : Collections.list(libraries.entries())) {
                if (!entry.isDirectory() && !isLogAnalysis(entry.getName())) {
                    output.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream content = libraries.getInputStream(entry)) {
                        content.transferTo(output);
                    }
                    output.closeEntry();
                }
            }
            for (Class<?> member : classes) {
                add(member, output);
            }
        }
        return jar;
    }

    private static boolean isLogAnalysis(String name) {
        return name.startsWith("io/millrace/client/examples/") || name.equals(JarFile.MANIFEST_NAME);
    }

    private static void add(Class<?> member, JarOutputStream output) throws IOException {
        String folder = member.getPackageName().replace('.', '/');
        Path place = placeOf(member);
        if (Files.isDirectory(place)) {
            addFolder(place.resolve(folder), folder, output);
        } else {
            try (FileSystem archive = FileSystems.newFileSystem(place, Map.of())) {
                addFolder(archive.getPath(folder), folder, output);
            }
        }
    }

    private static Path placeOf(Class<?> member) {
        try {
            URI place =
                    member.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(place);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addFolder(Path from, String folder, JarOutputStream output) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path path : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                output.putNextEntry(new JarEntry(folder + "/" + path.getFileName()));
                try (InputStream content = Files.newInputStream(path)) {
                    content.transferTo(output);
                }
                output.closeEntry();
            }
        }
    }
}
