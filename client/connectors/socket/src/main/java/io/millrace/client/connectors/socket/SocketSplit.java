package io.millrace.client.connectors.socket;

import io.millrace.api.source.SourceSplit;
import java.io.Serializable;

/** The server to connect to; part of the source, so it travels with the job. */
public record SocketSplit(String host, int port) implements SourceSplit, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String splitId() {
        return host + ":" + port;
    }
}
