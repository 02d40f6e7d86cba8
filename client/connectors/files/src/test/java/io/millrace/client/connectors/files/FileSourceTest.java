package io.millrace.client.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceTest {
    @TempDir
    Path directory;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path compress(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static ScriptedSource<TextLine> started(FileSource.Builder<TextLine> builder) {
        ScriptedSource<TextLine> source = new ScriptedSource<>(builder.build());
        source.start();
        return source;
    }

    private static List<String> texts(ScriptedSource<TextLine> source) {
        return source.emitted.stream().map(TextLine::text).toList();
    }

    @Test
    void readsFilesInTheOrderGivenWithTheirLineNumbers() throws Exception {
        Path b = write("b.log", "b1\nb2\n");
        Path a = compress("a.log.gz", "a1\na2");
        ScriptedSource<TextLine> source = started(FileSource.forRecordStreamFormat(new PlacedLineFormat(), b, a));
        assertThat(source.drain()).isTrue();
        assertThat(source.emitted)
                .containsExactly(
                        new TextLine(b.toString(), 1, "b1"),
                        new TextLine(b.toString(), 2, "b2"),
                        new TextLine(a.toString(), 1, "a1"),
                        new TextLine(a.toString(), 2, "a2"));
        assertThat(source.released).containsExactly(b.toString(), a.toString());
    }

    @Test
    void aDirectoryStandsForItsVisibleFilesByName() throws Exception {
        write("2", "two\n");
        write("1", "one\n");
        write(".hidden", "no\n");
        write("_hidden", "no\n");
        Files.createDirectory(directory.resolve("below"));
        ScriptedSource<TextLine> source = started(FileSource.forRecordStreamFormat(new PlacedLineFormat(), directory));
        assertThat(source.drain()).isTrue();
        assertThat(texts(source)).containsExactly("one", "two");
    }

    @Test
    void aWatchedDirectoryNeverEndsAndNewFilesAreRead() throws Exception {
        write("1", "one\n");
        ScriptedSource<TextLine> source = started(FileSource.forRecordStreamFormat(new PlacedLineFormat(), directory)
                .monitorContinuously(Duration.ofSeconds(1)));
        assertThat(source.drain()).isFalse();
        write("0", "zero\n");
        source.discoverAgain();
        assertThat(source.drain()).isFalse();
        assertThat(texts(source)).containsExactly("one", "zero");
    }

    @Test
    void aFollowedFileIsReadOnAsItGrows() throws Exception {
        Path file = write("log", "one\ntw");
        ScriptedSource<TextLine> source = started(
                FileSource.forRecordStreamFormat(new PlacedLineFormat(), file).follow());
        assertThat(source.drain()).isFalse();
        Files.writeString(file, "o\nthree\n", StandardOpenOption.APPEND);
        assertThat(source.drain()).isFalse();
        assertThat(texts(source)).containsExactly("one", "two", "three");
        assertThat(source.reader.snapshotState(1)).containsExactly(new FileSplit(file.toString(), 14, 3));
    }

    @Test
    void aFollowedFileThatShrinksIsAnError() throws Exception {
        Path file = write("log", "one\ntwo\n");
        ScriptedSource<TextLine> source = started(
                FileSource.forRecordStreamFormat(new PlacedLineFormat(), file).follow());
        source.drain();
        Files.writeString(file, "x");
        assertThatThrownBy(source::drain).hasMessageContaining("FILE_SHRANK").hasMessageContaining(file.toString());
    }

    @Test
    void readingGoesOnWhereASnapshotWasTaken() throws Exception {
        Path file = write("log", "one\ntwo\nthree\n");
        ScriptedSource<TextLine> source = new ScriptedSource<>(
                FileSource.forRecordStreamFormat(new PlacedLineFormat(), file).build());
        FileSplitSerializer serializer = new FileSplitSerializer();
        FileSplit split = serializer.deserialize(1, serializer.serialize(new FileSplit(file.toString(), 4, 1)));
        source.reader.addSplits(List.of(split));
        source.reader.notifyNoMoreSplits();
        assertThat(source.drain()).isTrue();
        assertThat(source.emitted)
                .containsExactly(new TextLine(file.toString(), 2, "two"), new TextLine(file.toString(), 3, "three"));
    }

    @Test
    void aMissingFileIsNamedWithThePlaceWhereItWasLookedFor() {
        Path absent = directory.resolve("absent.log");
        assertThatThrownBy(() -> started(FileSource.forRecordStreamFormat(new PlacedLineFormat(), absent)))
                .hasMessageContaining("FILE_NOT_FOUND")
                .hasMessageContaining(absent.toString());
    }

    @Test
    void aCutCompressedFileIsAnErrorThatNamesTheFile() throws Exception {
        Path file = compress("log.gz", "line\n".repeat(10_000));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        ScriptedSource<TextLine> source = started(FileSource.forRecordStreamFormat(new PlacedLineFormat(), file));
        assertThatThrownBy(source::drain).hasMessageContaining("FILE_DAMAGED").hasMessageContaining(file.toString());
    }
}
