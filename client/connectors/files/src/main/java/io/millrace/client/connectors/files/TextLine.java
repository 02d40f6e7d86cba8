package io.millrace.client.connectors.files;

/**
 * A line and where it stands.
 *
 * @param file the file's path
 * @param number from 1
 * @param text without its line end
 */
public record TextLine(String file, long number, String text) {}
