package io.millrace.common.rpc.blob;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.rpc.RpcError;
import io.millrace.common.rpc.RpcLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes the SHA-256 and length of a blob as its bytes pass by, and compares them with what was announced. */
public final class BlobHash {
    private final MessageDigest digest;
    private long sizeBytes;

    public BlobHash() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** The reference of a file as it is now. */
    public static BlobReference of(Path file) {
        BlobHash hash = new BlobHash();
        try (InputStream input = Files.newInputStream(file)) {
            byte[] buffer = new byte[RpcLimits.BLOB_CHUNK_BYTES];
            for (int read = input.read(buffer); read > 0; read = input.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw Problem.of(RpcError.BLOB_FILE_ERROR, "Cannot read " + file)
                    .because(e.toString())
                    .fix("Check the path and its permissions")
                    .asException(e);
        }
        return new BlobReference(hash.sha256(), hash.sizeBytes(), String.valueOf(file.getFileName()));
    }

    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        sizeBytes += length;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /** The hash of all bytes so far in 64 lower-case hexadecimal digits. To be called once, after the last byte. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * To be called once, after the last byte. @throws io.millrace.common.core.error.MillraceException if it is another
     * blob
     */
    public void requireMatch(BlobReference announced) {
        String found = sha256();
        if (sizeBytes != announced.sizeBytes() || !found.equals(announced.sha256())) {
            throw Problem.of(RpcError.BLOB_CORRUPT, "'" + announced.fileName() + "' did not arrive as it was sent")
                    .because("Expected " + announced.sizeBytes() + " bytes with SHA-256 " + announced.sha256()
                            + ", found " + sizeBytes + " bytes with SHA-256 " + found)
                    .fix("Send it again; if that fails, check the disks of both machines")
                    .asException();
        }
    }

    /** @throws io.millrace.common.core.error.MillraceException unless it is 64 lower-case hexadecimal digits */
    public static void requireWellFormed(String sha256) {
        boolean wellFormed =
                sha256.length() == 64 && sha256.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (!wellFormed) {
            throw Problem.of(RpcError.BAD_BLOB_HASH, "A blob is named by 64 lower-case hexadecimal digits")
                    .because("Found " + sha256.length() + " characters or others among them")
                    .fix("Use the reference that the upload returned")
                    .asException();
        }
    }
}
