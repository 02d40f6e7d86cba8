package io.millrace.client.connectors.files;

import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceOutput;
import io.millrace.common.core.error.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** One file being read, and its place in the source's output. */
final class OpenFile<T> {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final Path path;
    private final boolean following;
    private final InputStream input;
    private final LineScanner scanner;
    private final SourceOutput<T> output;
    private long lines;

    private OpenFile(
            FileSplit split, boolean following, InputStream input, LineScanner scanner, SourceOutput<T> output) {
        this.path = Path.of(split.path());
        this.following = following;
        this.input = input;
        this.scanner = scanner;
        this.output = output;
        this.lines = split.lines();
    }

    /** Opens a split where it was left. */
    static <T> OpenFile<T> open(FileSplit split, FileSourceSettings settings, SourceOutput<T> output)
            throws IOException {
        Path path = Path.of(split.path());
        try {
            InputStream raw = Files.newInputStream(path);
            InputStream input = isCompressed(path) ? new GZIPInputStream(raw, BLOCK_BYTES) : raw;
            input.skipNBytes(split.position());
            LineScanner scanner = new LineScanner(input, settings.maxLineBytes(), split.position());
            return new OpenFile<>(split, settings.following() && !isCompressed(path), input, scanner, output);
        } catch (NoSuchFileException e) {
            throw Problem.of(FileErrors.FILE_NOT_FOUND, "There is no file '" + path + "' any more")
                    .because("It was there when the files were listed")
                    .fix("Keep files until the job has read them")
                    .asException(e);
        } catch (ZipException | EOFException e) {
            throw damaged(path, split.position(), e);
        }
    }

    private static boolean isCompressed(Path path) {
        return path.toString().endsWith(".gz");
    }

    boolean isCompressed() {
        return isCompressed(path);
    }

    String path() {
        return path.toString();
    }

    FileSplit position() {
        return new FileSplit(path.toString(), scanner.position(), lines);
    }

    /** @return how many lines were emitted; 0 at the end of what is there */
    int emitLines(LineFormat<T> format, int most, ReaderOutput<T> room) throws IOException {
        int emitted = 0;
        try {
            while (emitted < most && (emitted == 0 || room.hasRoom())) {
                String line = scanner.next(following);
                if (line == null) {
                    break;
                }
                lines++;
                output.collect(format.decode(line, path.toString(), lines));
                emitted++;
            }
        } catch (ZipException | EOFException e) {
            throw damaged(path, scanner.position(), e);
        }
        if (emitted == 0 && following) {
            checkNotShrunk();
        }
        return emitted;
    }

    private void checkNotShrunk() throws IOException {
        long size = Files.exists(path) ? Files.size(path) : scanner.position();
        if (size < scanner.position()) {
            throw Problem.of(FileErrors.FILE_SHRANK, "'" + path + "' became shorter while it was followed")
                    .because("It has " + size + " bytes, " + scanner.position() + " were read")
                    .fix("Rotate logs by renaming instead of truncating")
                    .asException();
        }
    }

    private static RuntimeException damaged(Path path, long position, IOException cause) {
        return Problem.of(FileErrors.FILE_DAMAGED, "The compressed file '" + path + "' is damaged")
                .at("after " + position + " bytes of its content")
                .because(String.valueOf(cause.getMessage()))
                .fix("Replace the file with a whole copy")
                .asException(cause);
    }

    void close() throws IOException {
        input.close();
    }
}
