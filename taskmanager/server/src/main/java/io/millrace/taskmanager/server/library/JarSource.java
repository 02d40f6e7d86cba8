package io.millrace.taskmanager.server.library;

import io.millrace.common.graph.BlobReference;
import java.nio.file.Path;

/** Where jars are fetched from. Blocks its caller. */
public interface JarSource {

    /** @throws io.millrace.common.core.error.MillraceException if the jar cannot be had or is not what its hash says */
    void download(BlobReference jar, Path target);
}
