package io.millrace.client.connectors.files;

/** Lines with their file and number. */
public final class PlacedLineFormat implements LineFormat<TextLine> {
    private static final long serialVersionUID = 1L;

    @Override
    public TextLine decode(String line, String file, long number) {
        return new TextLine(file, number, line);
    }
}
