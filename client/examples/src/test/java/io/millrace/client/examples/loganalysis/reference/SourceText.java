package io.millrace.client.examples.loganalysis.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One bounded input as lines.
 *
 * @param name what rejected lines call it
 */
public record SourceText(String name, List<String> lines) {

    public static SourceText of(String name, String... lines) {
        return new SourceText(name, List.of(lines));
    }

    /**
     * The lines of a file: ended by a line feed each, the last one perhaps not; decoded from UTF-8 with replacement.
     */
    public static SourceText ofFile(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            lines.add(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
        }
        return new SourceText(file.toString(), lines);
    }
}
