package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.types.KeyHasher;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import org.jspecify.annotations.Nullable;

/** By key group: the key's content hash modulo the maximum parallelism, through the deployment's routing table. */
public final class HashOutput extends GateOutput {
    private final KeySelector<Object, Object> selector;
    private final KeyHasher<Object> hasher;
    /** Element g is the channel of key group g. */
    private final OutputChannel[] channelOfGroup;

    private final int groups;
    /** {@code groups - 1} where that is a mask, else 0. */
    private final int mask;

    /** @param routing element g is the index in {@code channels} of the owner of key group g */
    public HashOutput(
            OperatorScope scope,
            OutputChannel[] channels,
            KeySelector<Object, Object> selector,
            KeyHasher<Object> hasher,
            int[] routing) {
        super(scope, channels);
        this.selector = selector;
        this.hasher = hasher;
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
        Object key;
        try {
            key = selector.getKey(value);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        if (key == null) {
            throw scope.nullKey(value);
        }
        int hash = hasher.hash(key);
        int group = mask != 0 ? hash & mask : (hash & 0x7FFF_FFFF) % groups;
        channelOfGroup[group].element(value, timestamp);
    }
}
