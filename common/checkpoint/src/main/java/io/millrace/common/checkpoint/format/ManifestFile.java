package io.millrace.common.checkpoint.format;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.StoredObject;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.proto.manifest.ManifestProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file that makes a checkpoint: blocks with a {@link CheckpointManifest}, then a digest of everything before it.
 */
public final class ManifestFile {
    /** Of the files that this version writes, and of all that it reads. */
    public static final int FORMAT_VERSION = FileHeader.VERSION;

    /** Of a manifest file, in bytes. */
    public static final int MAX_BYTES = 256 << 20;

    private static final int BLOCK_BYTES = 64 << 10;
    private static final int DIGEST_BYTES = 32;

    private ManifestFile() {}

    /** @param nonce tells the file from all others: drawn at random */
    public static Content encode(CheckpointManifest manifest, long nonce) {
        ByteBuffer body = ByteBuffer.wrap(ManifestCodec.encode(manifest).toByteArray());
        List<ByteBuffer> pieces = new ArrayList<>();
        pieces.add(new FileHeader(FileKind.MANIFEST, nonce, manifest.job(), manifest.checkpoint()).encoded());
        long offset = FileHeader.BYTES;
        while (body.hasRemaining()) {
            ByteBuffer block = body.slice(body.position(), Math.min(BLOCK_BYTES, body.remaining()));
            body.position(body.position() + block.remaining());
            pieces.add(BlockFormat.header(nonce, offset, block));
            pieces.add(block);
            offset += BlockFormat.HEADER_BYTES + block.remaining();
        }
        MessageDigest digest = sha256();
        pieces.forEach(piece -> digest.update(piece.duplicate()));
        pieces.add(ByteBuffer.wrap(digest.digest()));
        return new Content(pieces);
    }

    /**
     * Reads and checks a whole manifest; the files it names are not looked at.
     *
     * @throws io.millrace.common.core.error.MillraceException with a code of {@link FormatErrors}
     */
    public static CheckpointManifest read(CheckpointStorage storage, ObjectName name) {
        String file = name.text();
        Optional<StoredObject> stored = storage.find(name);
        if (stored.isEmpty()) {
            throw Problem.of(FormatErrors.CHECKPOINT_NOT_FOUND, "There is no checkpoint " + file)
                    .at(storage.location())
                    .fix("'millrace checkpoints JOB' lists those that are kept; a savepoint's path was printed when it"
                            + " was taken")
                    .asException();
        }
        if (stored.get().length() > MAX_BYTES) {
            throw Damage.at(file, MAX_BYTES, "No manifest has more than " + MAX_BYTES + " bytes");
        }
        try (InputStream in = storage.open(name, 0, MAX_BYTES)) {
            return decode(file, ByteBuffer.wrap(in.readAllBytes()));
        } catch (IOException e) {
            throw PartReader.unreadable(file, 0, e);
        }
    }

    /** @param file its name, for messages */
    public static CheckpointManifest decode(String file, ByteBuffer bytes) {
        ByteBuffer whole = bytes.slice();
        FileHeader header = FileHeader.decode(file, FileKind.MANIFEST, whole);
        long end = whole.limit() - (long) DIGEST_BYTES;
        if (end < FileHeader.BYTES) {
            throw Damage.endsEarly(file, whole.limit(), FileHeader.BYTES - end);
        }
        byte[] body = blocks(file, header.nonce(), whole, (int) end);
        MessageDigest digest = sha256();
        digest.update(whole.duplicate().position(0).limit((int) end));
        if (!ByteBuffer.wrap(digest.digest()).equals(whole.slice((int) end, DIGEST_BYTES))) {
            throw Damage.at(file, end, "The digest of the file is another than the one at its end");
        }
        try {
            CheckpointManifest manifest = ManifestCodec.decode(ManifestProto.Manifest.parseFrom(body));
            if (!manifest.job().equals(header.job()) || manifest.checkpoint() != header.checkpoint()) {
                throw Damage.foreign(file, "Its header and its content name different jobs or checkpoints");
            }
            return manifest;
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw Damage.at(file, FileHeader.BYTES, "It was written wrong: " + e.getMessage());
        }
    }

    private static byte[] blocks(String file, long nonce, ByteBuffer whole, int end) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(end);
        int position = FileHeader.BYTES;
        while (position < end) {
            int remaining = end - position - BlockFormat.HEADER_BYTES;
            if (remaining < 0) {
                throw Damage.endsEarly(file, position, -(long) remaining);
            }
            int length = whole.getInt(position);
            BlockFormat.requireLength(file, position, length, remaining);
            ByteBuffer content = whole.slice(position + BlockFormat.HEADER_BYTES, length);
            BlockFormat.requireChecksum(file, nonce, position, whole.getInt(position + 4), content);
            byte[] bytes = new byte[length];
            content.get(bytes);
            body.writeBytes(bytes);
            position += BlockFormat.HEADER_BYTES + length;
        }
        return body.toByteArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
