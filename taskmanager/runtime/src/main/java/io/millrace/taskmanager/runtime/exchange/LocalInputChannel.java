package io.millrace.taskmanager.runtime.exchange;

import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The receiving end of a channel inside one process. */
final class LocalInputChannel extends InputChannel {
    private final LocalChannels registry;
    private final ChannelId id;
    private final Published<@Nullable LocalLink> opened;
    private final ArrayDeque<byte[]> unsentEvents = new ArrayDeque<>();
    private @Nullable LocalLink link;

    LocalInputChannel(LocalChannels registry, ChannelId id, Signal consumer) {
        this.registry = registry;
        this.id = id;
        this.opened = registry.openReceive(id, consumer);
    }

    @Override
    public @Nullable ElementBatch poll() {
        LocalLink connected = link;
        if (connected == null) {
            connected = opened.read();
            if (connected == null) {
                return null;
            }
            link = connected;
        }
        sendEvents(connected);
        return connected.elements().poll();
    }

    @Override
    public void sendBack(byte[] event) {
        unsentEvents.add(event);
        if (link != null) {
            sendEvents(link);
        }
    }

    private void sendEvents(LocalLink connected) {
        while (!unsentEvents.isEmpty() && connected.backEvents().offer(unsentEvents.peek())) {
            unsentEvents.remove();
        }
    }

    @Override
    public @Nullable Problem failure() {
        return null;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void close() {
        registry.close(id, opened);
        unsentEvents.clear();
    }
}
