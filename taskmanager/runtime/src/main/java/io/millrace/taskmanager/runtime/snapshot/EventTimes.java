package io.millrace.taskmanager.runtime.snapshot;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far event time had come at a barrier, as it lies in a block of a snapshot.
 *
 * @param watermark emitted last; {@code Long.MIN_VALUE} before the first
 * @param splits of a reader, by their ids; the main output of a reader is the split without a name
 */
public record EventTimes(long watermark, Map<String, SplitTime> splits) {

    /** @param idle whether it was left out of the watermark */
    public record SplitTime(long watermark, boolean idle) {}

    public EventTimes {
        splits = Map.copyOf(splits);
    }

    public static EventTimes of(long watermark) {
        return new EventTimes(watermark, Map.of());
    }

    public ByteBuffer encode() {
        BinaryWriter out = new BinaryWriter(64);
        out.writeLong(watermark);
        out.writeVarInt(splits.size());
        new TreeMap<>(splits).forEach((split, time) -> {
            out.writeString(split);
            out.writeLong(time.watermark());
            out.writeBoolean(time.idle());
        });
        return ByteBuffer.wrap(out.bytes(), 0, out.position());
    }

    /** @throws IndexOutOfBoundsException if the block ends early */
    public static EventTimes decode(ByteBuffer block) {
        BinaryReader in = new BinaryReader();
        in.reset(block.array(), block.arrayOffset() + block.position(), block.remaining());
        long watermark = in.readLong();
        int count = in.readVarInt();
        Map<String, SplitTime> splits = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            splits.put(in.readString(), new SplitTime(in.readLong(), in.readBoolean()));
        }
        return new EventTimes(watermark, splits);
    }
}
