package io.millrace.client.connectors.files;

/** Lines as they are. */
public final class TextLineInputFormat implements LineFormat<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String decode(String line, String file, long number) {
        return line;
    }
}
