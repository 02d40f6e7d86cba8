package io.millrace.client.cli.jar;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.common.core.error.Problem;
import io.millrace.common.rpc.RpcLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What the directory of a jar lists, within its limits. The jar is never unpacked, so entries that name places outside
 * it do no harm here; they are refused because other tools do unpack.
 *
 * @param classNames of all classes, nested ones included
 * @param engineClass one class that the engine brings itself; empty if the jar has none
 */
record JarContent(List<String> classNames, String engineClass) {
    static final int MAX_ENTRIES = 65_535;
    static final long MAX_EXPANDED_BYTES = 2L << 30;
    static final int MAX_RATIO = 100;

    /** Jars that expand to less are harmless whatever their ratio. */
    private static final long RATIO_COUNTS_FROM_BYTES = 64L << 20;

    private static final String CLASS_SUFFIX = ".class";
    private static final List<String> ENGINE = List.of("io/millrace/api/", "io/millrace/common/");

    static JarContent of(JarFile jar, Path path) throws IOException {
        long jarBytes = Files.size(path);
        require(jarBytes <= RpcLimits.MAX_BLOB_BYTES, path, jarBytes + " bytes", RpcLimits.MAX_BLOB_BYTES + " bytes");
        require(jar.size() <= MAX_ENTRIES, path, jar.size() + " entries", MAX_ENTRIES + " entries");
        Set<String> names = new HashSet<>();
        List<String> classes = new ArrayList<>();
        String engineClass = "";
        long expanded = 0;
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            String name = entry.getName();
            requireInside(name, path);
            if (!names.add(name)) {
                throw badEntry(path, "Entry '" + name + "' is in the jar twice");
            }
            expanded += Math.max(0, entry.getSize());
            require(expanded <= MAX_EXPANDED_BYTES, path, "more unpacked bytes", MAX_EXPANDED_BYTES + " unpacked");
            if (name.endsWith(CLASS_SUFFIX)) {
                classes.add(className(name));
                engineClass = engineClass.isEmpty() && isEngineClass(name) ? className(name) : engineClass;
            }
        }
        boolean bomb = expanded > RATIO_COUNTS_FROM_BYTES && expanded / jarBytes > MAX_RATIO;
        require(!bomb, path, "a compression ratio of " + expanded / jarBytes, "a ratio of " + MAX_RATIO);
        return new JarContent(classes, engineClass);
    }

    List<Problem> warnings(Path path) {
        if (engineClass.isEmpty()) {
            return List.of();
        }
        return List.of(Problem.of(CliError.JAR_BUNDLES_ENGINE, "The jar brings classes of Millrace itself")
                .at(path.toString())
                .because("such as " + engineClass + "; the cluster's own are used in their place")
                .fix("Give millrace-api the scope 'provided' where the jar is built"));
    }

    private static boolean isEngineClass(String entry) {
        return ENGINE.stream().anyMatch(entry::startsWith);
    }

    private static String className(String entry) {
        return entry.substring(0, entry.length() - CLASS_SUFFIX.length()).replace('/', '.');
    }

    private static void requireInside(String name, Path path) {
        boolean climbs = List.of(name.split("[/\\\\]")).contains("..");
        if (climbs || name.startsWith("/") || name.startsWith("\\") || name.indexOf('\0') >= 0) {
            throw badEntry(path, "Entry '" + name + "' names a place outside the jar");
        }
    }

    private static RuntimeException badEntry(Path path, String what) {
        return Problem.of(CliError.JAR_BAD_ENTRY, what)
                .at(path.toString())
                .fix("Build the jar again with the usual tools")
                .asException();
    }

    private static void require(boolean within, Path path, String found, String limit) {
        if (!within) {
            throw Problem.of(CliError.JAR_TOO_LARGE, "The jar has " + found + ", the limit is " + limit)
                    .at(path.toString())
                    .fix("Leave out of the jar what the cluster provides, and data files")
                    .asException();
        }
    }
}
