package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.util.OutputTag;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.HashMap;
import java.util.Map;

/** The side outputs of one operator that somebody reads; what goes to any other is dropped. */
public final class SideOutputs {
    public static final SideOutputs NONE = new SideOutputs(Map.of());

    private final Map<String, Side> sides = new HashMap<>();

    /** @param outputs where each side output goes, by the tag's id */
    public SideOutputs(Map<String, Output> outputs) {
        outputs.forEach((id, output) -> sides.put(id, new Side(output)));
    }

    public void emit(OutputTag<?> tag, Object value, long timestamp) {
        Side side = sides.get(tag.getId());
        if (side != null) {
            side.emitted++;
            side.output.element(value, timestamp);
        }
    }

    public boolean has(OutputTag<?> tag) {
        return sides.containsKey(tag.getId());
    }

    /** Elements given to the side output so far. */
    public long emitted(String id) {
        Side side = sides.get(id);
        return side == null ? 0 : side.emitted;
    }

    private static final class Side {
        private final Output output;
        private long emitted;

        Side(Output output) {
            this.output = output;
        }
    }
}
