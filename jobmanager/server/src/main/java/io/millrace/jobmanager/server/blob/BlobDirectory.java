package io.millrace.jobmanager.server.blob;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.rpc.RpcError;
import io.millrace.common.rpc.RpcLimits;
import io.millrace.common.rpc.blob.BlobHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs as files named by their hash. A file appears whole, verified and on disk, or not at all. Names come from hashes
 * that were checked, never from clients. Thread-safe: two uploads of one blob write two temporary files and rename them
 * to the same.
 */
public final class BlobDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(BlobDirectory.class);
    private static final String PART = ".part";

    private final Path directory;
    private final long capacityBytes;

    /**
     * @param directory made if it is not there; what an upload left behind that never ended is removed
     * @param capacityBytes how much all blobs may take
     */
    public BlobDirectory(Path directory, long capacityBytes) {
        this.directory = directory;
        this.capacityBytes = capacityBytes;
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "*" + PART)) {
                for (Path part : parts) {
                    Files.delete(part);
                }
            }
        } catch (IOException e) {
            throw failed("Cannot use " + directory, e);
        }
    }

    /** @throws MillraceException if it is no hash */
    public boolean contains(String sha256) {
        return Files.isRegularFile(fileOf(sha256), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The file of a blob.
     *
     * @throws MillraceException if there is none, or it is no hash
     */
    Path find(String sha256) {
        Path file = fileOf(sha256);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Problem.of(RpcError.BLOB_NOT_FOUND, "The blob store has no file " + sha256)
                    .fix("Submit the job again; its jar is then uploaded again")
                    .asException();
        }
        return file;
    }

    /** Starts to receive a blob. The caller completes or discards it. */
    Upload receive(BlobReference announced) {
        BlobHash.requireWellFormed(announced.sha256());
        if (announced.sizeBytes() < 0 || announced.sizeBytes() > RpcLimits.MAX_BLOB_BYTES) {
            throw Problem.of(
                            RpcError.BLOB_TOO_LARGE,
                            "'" + announced.fileName() + "' has " + announced.sizeBytes() + " bytes, the limit is "
                                    + RpcLimits.MAX_BLOB_BYTES)
                    .fix("Leave out of the jar what the cluster provides, and data files")
                    .asException();
        }
        try {
            if (usedBytes() + announced.sizeBytes() > capacityBytes) {
                throw Problem.of(JarError.BLOB_STORE_FULL, "The blob store holds as much as it may")
                        .at(directory.toString())
                        .because("All files together may take " + capacityBytes + " bytes")
                        .fix("Delete files there that no running job needs")
                        .asException();
            }
            Path part = Files.createTempFile(directory, "upload-", PART);
            return new Upload(announced, part, FileChannel.open(part, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failed("Cannot write to " + directory, e);
        }
    }

    private long usedBytes() throws IOException {
        long used = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                used += Files.size(file);
            }
        }
        return used;
    }

    private Path fileOf(String sha256) {
        BlobHash.requireWellFormed(sha256);
        return directory.resolve(sha256);
    }

    static MillraceException failed(String what, IOException e) {
        return Problem.of(JarError.BLOB_STORE_FAILED, what)
                .because(e.toString())
                .fix("Check that the disk has room and that this user may write there")
                .asException(e);
    }

    /** A blob on its way in. Belongs to one call. */
    final class Upload {
        private final BlobReference announced;
        private final Path part;
        private final FileChannel channel;
        private final BlobHash hash = new BlobHash();

        private Upload(BlobReference announced, Path part, FileChannel channel) {
            this.announced = announced;
            this.part = part;
            this.channel = channel;
        }

        void write(byte[] chunk) {
            hash.update(chunk, 0, chunk.length);
            if (hash.sizeBytes() > announced.sizeBytes()) {
                throw Problem.of(RpcError.BLOB_CORRUPT, "'" + announced.fileName() + "' is longer than announced")
                        .fix("Send it again; it may have changed meanwhile")
                        .asException();
            }
            try {
                ByteBuffer buffer = ByteBuffer.wrap(chunk);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                throw failed("Cannot write to " + part, e);
            }
        }

        /** Verifies the whole and makes it visible. */
        BlobReference complete() {
            hash.requireMatch(announced);
            try {
                JarRules.check(part, announced.fileName());
                channel.force(true);
                channel.close();
                Files.move(part, fileOf(announced.sha256()), StandardCopyOption.ATOMIC_MOVE);
                syncDirectory();
            } catch (IOException e) {
                throw failed("Cannot write to " + directory, e);
            }
            LOG.info(
                    "blob={} event=stored bytes={} file=\"{}\"",
                    announced.sha256(),
                    announced.sizeBytes(),
                    announced.fileName());
            return announced;
        }

        /** Leaves nothing behind, unless it was completed. */
        void discard() {
            try {
                channel.close();
                Files.deleteIfExists(part);
            } catch (IOException e) {
                LOG.warn("file={} event=notDeleted reason=\"{}\"", part, e.toString());
            }
        }

        private void syncDirectory() throws IOException {
            try (FileChannel self = FileChannel.open(directory, StandardOpenOption.READ)) {
                self.force(true);
            }
        }
    }
}
