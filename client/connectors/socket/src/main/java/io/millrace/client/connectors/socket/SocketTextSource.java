package io.millrace.client.connectors.socket;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;

/**
 * The lines that a server sends over one TCP connection, in UTF-8, ended by LF or CR LF. It connects from one subtask,
 * whatever the parallelism. A broken connection is made again a given number of times; the stream ends when the server
 * ends the connection. Lines that were on their way when a connection broke are lost: a socket cannot be read twice.
 */
public final class SocketTextSource implements Source<String, SocketSplit, Boolean> {
    private static final long serialVersionUID = 1L;

    private final SocketSplit server;
    private final SocketSettings settings;

    /** Connects once and gives up when that fails. */
    public SocketTextSource(String host, int port) {
        this(host, port, new SocketSettings(0, 500, SocketSettings.DEFAULT_MAX_LINE_BYTES));
    }

    public SocketTextSource(String host, int port, SocketSettings settings) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A port is 1 to 65535, found " + port);
        }
        this.server = new SocketSplit(host, port);
        this.settings = settings;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<String, SocketSplit> createReader(SourceReaderContext readerContext) {
        return new SocketReader(settings, readerContext);
    }

    @Override
    public SplitEnumerator<SocketSplit, Boolean> createEnumerator(SplitEnumeratorContext<SocketSplit> enumContext) {
        return new SocketEnumerator(enumContext, server, false);
    }

    @Override
    public SplitEnumerator<SocketSplit, Boolean> restoreEnumerator(
            SplitEnumeratorContext<SocketSplit> enumContext, Boolean assigned) {
        return new SocketEnumerator(enumContext, server, assigned);
    }

    @Override
    public SimpleVersionedSerializer<SocketSplit> getSplitSerializer() {
        return new SocketSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new AssignedSerializer();
    }
}
