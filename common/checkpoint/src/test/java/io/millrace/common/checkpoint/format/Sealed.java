package io.millrace.common.checkpoint.format;

import io.millrace.common.core.id.JobId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Files that a faulty or newer writer would write: what they say is wrong, but every checksum is right. */
final class Sealed {
    private static final int CHECKED_BYTES = 40;

    private Sealed() {}

    static byte[] manifest(JobId job, long checkpoint, long nonce, byte[] body) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        write(whole, new FileHeader(FileKind.MANIFEST, nonce, job, checkpoint).encoded());
        ByteBuffer content = ByteBuffer.wrap(body);
        write(whole, BlockFormat.header(nonce, FileHeader.BYTES, content));
        write(whole, content);
        whole.writeBytes(digest(whole.toByteArray()));
        return whole.toByteArray();
    }

    /** The same manifest with another version in its header. */
    static byte[] withVersion(byte[] manifest, int version) {
        byte[] changed = manifest.clone();
        ByteBuffer bytes = ByteBuffer.wrap(changed);
        bytes.putShort(4, (short) version);
        CRC32C sum = new CRC32C();
        sum.update(changed, 0, CHECKED_BYTES);
        bytes.putInt(CHECKED_BYTES, (int) sum.getValue());
        byte[] before = new byte[changed.length - 32];
        System.arraycopy(changed, 0, before, 0, before.length);
        System.arraycopy(digest(before), 0, changed, before.length, 32);
        return changed;
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest(bytes));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(ByteArrayOutputStream whole, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        whole.writeBytes(copy);
    }
}
