package io.millrace.taskmanager.server.library;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.BlobReference;
import io.millrace.taskmanager.server.supervisor.TaskManagerErrors;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Jars on the local disk, named by their hash, fetched once. Used by one blocking thread. */
public final class JarCache {
    private final Path directory;
    private final JarSource source;

    /** @param directory made if missing; belongs to this process alone */
    public JarCache(Path directory, JarSource source) {
        this.directory = directory;
        this.source = source;
    }

    /** The jars' places on the local disk, in the order given. */
    public List<URL> locate(List<BlobReference> jars) {
        List<URL> urls = new ArrayList<>(jars.size());
        for (BlobReference jar : jars) {
            urls.add(locate(jar));
        }
        return urls;
    }

    private URL locate(BlobReference jar) {
        Path file = directory.resolve(jar.sha256() + ".jar");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(directory);
                source.download(jar, file);
            }
            return file.toUri().toURL();
        } catch (IOException e) {
            throw Problem.of(TaskManagerErrors.JOB_LIBRARY_UNAVAILABLE, "Cannot store jar '" + jar.fileName() + "'")
                    .at(directory.toString())
                    .because(e.toString())
                    .fix("Check that the directory can be written and has room")
                    .asException(e);
        }
    }
}
