package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.runtime.stream.BatchBuilder;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The sending end of a channel inside one process: references in batches through a ring. */
final class LocalOutputChannel extends OutputChannel {
    private final LocalChannels registry;
    private final ChannelId id;
    private final Signal producer;
    private final @Nullable TypeSerializer<Object> copier;
    private final ArrayDeque<ElementBatch> overflow = new ArrayDeque<>();

    private final BatchBuilder open = new BatchBuilder();

    private @Nullable LocalLink link;

    /** @param copier copies elements of a type that may change; null if references may be shared */
    LocalOutputChannel(
            Brake brake,
            LocalChannels registry,
            ChannelId id,
            Signal producer,
            @Nullable TypeSerializer<Object> copier) {
        super(brake);
        this.registry = registry;
        this.id = id;
        this.producer = producer;
        this.copier = copier;
    }

    @Override
    public void open() {
        link = registry.openSend(id, producer);
    }

    @Override
    public void element(Object value, long timestamp) {
        open.add(copier == null ? value : copier.copy(value), timestamp);
        if (open.isFull()) {
            seal();
        }
    }

    @Override
    public void control(Control control, long timestamp) {
        open.addControl(control, timestamp);
        if (open.isFull()) {
            seal();
        }
    }

    private void seal() {
        ElementBatch batch = open.build();
        count(batch.records(), 0);
        if (!overflow.isEmpty() || !link().elements().offer(batch)) {
            overflow.add(batch);
            setBlocked(true);
        }
    }

    @Override
    public boolean flush() {
        if (open.isEmpty() || isBlocked()) {
            return false;
        }
        seal();
        return true;
    }

    @Override
    public boolean drain() {
        if (overflow.isEmpty()) {
            return false;
        }
        boolean moved = false;
        while (!overflow.isEmpty() && link().elements().offer(overflow.peek())) {
            overflow.remove();
            moved = true;
        }
        setBlocked(!overflow.isEmpty());
        return moved;
    }

    private LocalLink link() {
        LocalLink opened = link;
        Check.invariant(opened != null, "a channel is opened before it is used");
        return opened;
    }

    @Override
    public boolean isEmpty() {
        return open.isEmpty() && overflow.isEmpty();
    }

    @Override
    public byte @Nullable [] pollBackEvent() {
        return link().backEvents().poll();
    }

    @Override
    public @Nullable Problem failure() {
        return null;
    }

    @Override
    public void close() {
        overflow.clear();
    }
}
