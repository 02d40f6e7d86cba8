package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.runtime.stream.BatchBuilder;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The sending end of a channel inside one process: references in batches through a ring. */
final class LocalOutputChannel extends OutputChannel {
    private final LocalChannels registry;
    private final ChannelId id;
    private final Published<@Nullable LocalLink> opened;
    private final @Nullable TypeSerializer<Object> copier;
    private final OperatorScope scope;
    private final ArrayDeque<ElementBatch> overflow = new ArrayDeque<>();

    private final BatchBuilder open = new BatchBuilder();

    private @Nullable LocalLink link;

    /** @param copier copies elements of a type that may change; null if references may be shared */
    LocalOutputChannel(
            Brake brake,
            LocalChannels registry,
            ChannelId id,
            Signal producer,
            @Nullable TypeSerializer<Object> copier,
            OperatorScope scope) {
        super(brake);
        this.registry = registry;
        this.id = id;
        this.opened = registry.openSend(id, producer);
        this.copier = copier;
        this.scope = scope;
    }

    @Override
    public void element(Object value, long timestamp) {
        Object shared = value;
        if (copier != null) {
            try {
                shared = copier.copy(value);
            } catch (RuntimeException e) {
                throw scope.notCopyable(value, e);
            }
        }
        open.add(shared, timestamp);
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
        if (!overflow.isEmpty() || !offer(batch)) {
            overflow.add(batch);
            setBlocked(true);
            overflowed((long) batch.size() * Brake.NOMINAL_ELEMENT_BYTES);
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
        while (!overflow.isEmpty() && offer(overflow.peek())) {
            overflow.remove();
            moved = true;
        }
        setBlocked(!overflow.isEmpty());
        return moved;
    }

    /** The rings; null as long as the receiving end is not open. */
    private @Nullable LocalLink link() {
        if (link == null) {
            link = opened.read();
        }
        return link;
    }

    private boolean offer(ElementBatch batch) {
        LocalLink rings = link();
        return rings != null && rings.elements().offer(batch);
    }

    @Override
    public boolean isEmpty() {
        return open.isEmpty() && overflow.isEmpty();
    }

    @Override
    public byte @Nullable [] pollBackEvent() {
        LocalLink rings = link();
        return rings == null ? null : rings.backEvents().poll();
    }

    @Override
    public @Nullable Problem failure() {
        return null;
    }

    @Override
    public void close() {
        registry.close(id, opened);
        overflow.clear();
    }
}
