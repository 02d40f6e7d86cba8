package io.millrace.client.connectors.files;

import io.millrace.api.source.SourceSplit;

/**
 * One file and how far it has been read.
 *
 * @param path the file
 * @param position bytes read of complete lines, after decompression
 * @param lines complete lines read
 */
public record FileSplit(String path, long position, long lines) implements SourceSplit {

    @Override
    public String splitId() {
        return path;
    }
}
