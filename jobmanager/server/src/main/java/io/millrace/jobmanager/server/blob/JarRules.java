package io.millrace.jobmanager.server.blob;

import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What an uploaded jar must satisfy before it is stored. Looks at the central directory only and unpacks nothing;
 * whoever reads entries later must still hold them to the sizes declared there.
 */
final class JarRules {
    private static final int MAX_ENTRIES = 65_535;
    private static final long MAX_EXPANDED_BYTES = 2L * 1024 * 1024 * 1024;
    private static final long MAX_RATIO = 100;

    /** Small entries of repeated text pack well without harm. */
    private static final long RATIO_MATTERS_FROM_BYTES = 1024 * 1024;

    private JarRules() {}

    /**
     * @param file the bytes as they were received
     * @param fileName as the user calls it
     * @throws io.millrace.common.core.error.MillraceException if the file is no jar, or one beyond the limits
     */
    static void check(Path file, String fileName) throws IOException {
        if (Files.size(file) == 0) {
            throw Problem.of(JarError.JAR_EMPTY, "'" + fileName + "' is empty")
                    .fix("Build the jar again")
                    .asException();
        }
        try (ZipFile jar = new ZipFile(file.toFile())) {
            if (jar.size() > MAX_ENTRIES) {
                throw tooLarge(fileName, jar.size() + " entries, " + MAX_ENTRIES + " are possible");
            }
            checkEntries(jar, fileName);
        } catch (ZipException e) {
            throw Problem.of(JarError.JAR_CORRUPT, "'" + fileName + "' is not a jar, or a damaged one")
                    .because(String.valueOf(e.getMessage()))
                    .fix("Build the jar again, and check how it was copied")
                    .asException(e);
        }
    }

    private static void checkEntries(ZipFile jar, String fileName) {
        Set<String> names = new HashSet<>();
        long expanded = 0;
        for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            checkName(entry.getName(), names, fileName);
            long size = Math.max(0, entry.getSize());
            expanded += size;
            if (expanded > MAX_EXPANDED_BYTES) {
                throw tooLarge(fileName, "more than " + MAX_EXPANDED_BYTES + " bytes when unpacked");
            }
            if (size > RATIO_MATTERS_FROM_BYTES && size / MAX_RATIO > Math.max(1, entry.getCompressedSize())) {
                throw tooLarge(
                        fileName,
                        "an entry '" + entry.getName() + "' that unpacks to more than " + MAX_RATIO
                                + " times its size");
            }
        }
    }

    private static void checkName(String name, Set<String> names, String fileName) {
        boolean escapes = name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || name.indexOf(':') == 1
                || List.of(name.split("/")).contains("..");
        if (escapes) {
            throw badEntry(fileName, "an entry '" + name + "' that leads outside");
        }
        if (!names.add(name)) {
            throw badEntry(fileName, "two entries '" + name + "'");
        }
    }

    private static RuntimeException tooLarge(String fileName, String what) {
        return Problem.of(JarError.JAR_TOO_LARGE, "'" + fileName + "' has " + what)
                .fix("Leave out of the jar what the cluster provides, and data files")
                .asException();
    }

    private static RuntimeException badEntry(String fileName, String what) {
        return Problem.of(JarError.JAR_BAD_ENTRY, "'" + fileName + "' has " + what)
                .fix("Build the jar again with a tool that writes sound jars")
                .asException();
    }
}
