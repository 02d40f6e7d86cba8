package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.plan.Keying;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import org.jspecify.annotations.Nullable;

/**
 * By key group: the key's content hash modulo the maximum parallelism, through the deployment's routing table.
 *
 * <p>Elements wait until there are {@value #TOGETHER} of them, or until the slot has nothing better to do. Then the
 * keys of all are hashed in one short loop before any element goes on. A key is often a string that nobody has read
 * lately; in the short loop the processor waits for many of them at once, one by one it would wait for each. Keyed
 * exchange inside one process, 100,000 keys: see the benchmark {@code exchange-local}.
 */
public final class HashOutput extends GateOutput implements Outlet {
    private static final int TOGETHER = 32;

    private final KeySelector<Object, Object> selector;
    private final KeyHasher<Object> hasher;
    private final @Nullable TypeSerializer<Object> copier;
    /** Element g is the channel of key group g. */
    private final OutputChannel[] channelOfGroup;

    private final int groups;
    /** {@code groups - 1} where that is a mask, else 0. */
    private final int mask;

    private final Object[] values = new Object[TOGETHER];
    private final long[] timestamps = new long[TOGETHER];
    private final int[] hashes = new int[TOGETHER];
    private int waiting;

    /**
     * @param channels share the elements they are given
     * @param routing element g is the index in {@code channels} of the owner of key group g
     * @param copier copies elements of a type that may change; null if references may be shared
     */
    public HashOutput(
            OperatorScope scope,
            OutputChannel[] channels,
            Keying<Object, Object> keying,
            KeyHasher<Object> hasher,
            int[] routing,
            @Nullable TypeSerializer<Object> copier) {
        super(scope, channels);
        this.selector = keying.selector();
        this.hasher = hasher;
        this.copier = copier;
        this.groups = routing.length;
        this.mask = Integer.bitCount(groups) == 1 ? groups - 1 : 0;
        this.channelOfGroup = new OutputChannel[groups];
        for (int group = 0; group < groups; group++) {
            channelOfGroup[group] = channels[routing[group]];
        }
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        if (value == null) {
            throw scope.nullRecord("emitted");
        }
        int at = waiting;
        Object shared = value;
        if (copier != null) {
            try {
                shared = copier.copy(value);
            } catch (RuntimeException e) {
                throw scope.notCopyable(value, e);
            }
        }
        values[at] = shared;
        timestamps[at] = timestamp;
        waiting = at + 1;
        if (waiting == TOGETHER) {
            settle();
        }
    }

    @Override
    void settle() {
        int count = waiting;
        if (count == 0) {
            return;
        }
        waiting = 0;
        int hashed = 0;
        try {
            while (hashed < count) {
                Object value = values[hashed];
                Object key = selector.getKey(value);
                if (key == null) {
                    throw scope.nullKey(value);
                }
                hashes[hashed] = hasher.hash(key);
                hashed++;
            }
        } catch (Throwable thrown) {
            distribute(hashed);
            throw scope.failed(thrown);
        }
        distribute(count);
    }

    private void distribute(int count) {
        for (int i = 0; i < count; i++) {
            int hash = hashes[i];
            int group = mask != 0 ? hash & mask : (hash & 0x7FFF_FFFF) % groups;
            channelOfGroup[group].element(values[i], timestamps[i]);
        }
    }

    @Override
    public boolean flush() {
        boolean some = waiting > 0;
        settle();
        return some;
    }

    @Override
    public boolean drain() {
        return false;
    }

    @Override
    public boolean isEmpty() {
        return waiting == 0;
    }

    @Override
    public @Nullable Problem failure() {
        return null;
    }

    @Override
    public void close() {
        waiting = 0;
    }
}
