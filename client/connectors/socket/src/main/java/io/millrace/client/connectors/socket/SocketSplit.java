package io.millrace.client.connectors.socket;

import io.millrace.api.source.SourceSplit;

/** The server to connect to. */
public record SocketSplit(String host, int port) implements SourceSplit {
    @Override
    public String splitId() {
        return host + ":" + port;
    }
}
