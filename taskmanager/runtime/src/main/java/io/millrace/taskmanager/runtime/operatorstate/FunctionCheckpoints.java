package io.millrace.taskmanager.runtime.operatorstate;

import io.millrace.api.checkpoint.CheckpointListener;
import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.checkpoint.ListCheckpointed;
import io.millrace.api.functions.RichFunction;
import io.millrace.api.functions.RuntimeContext;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.OperatorStateStore;
import io.millrace.api.types.DynamicType;
import io.millrace.taskmanager.runtime.operator.Lifecycle;
import io.millrace.taskmanager.runtime.operator.TaskCheckpointing;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A function that has a say in checkpoints: initialized before it is opened, asked at barriers, told of their end. */
public final class FunctionCheckpoints implements Lifecycle {
    private static final ListStateDescriptor<Object> LIST =
            new ListStateDescriptor<>("list-checkpointed", new DynamicType<>(Object.class));

    private final OperatorScope scope;
    private final Object function;
    private final RuntimeContext runtime;
    private final TaskCheckpointing checkpointing;
    private final OperatorStates states;

    /** @param states those of the operator that the function belongs to */
    public FunctionCheckpoints(
            OperatorScope scope,
            Object function,
            RuntimeContext runtime,
            TaskCheckpointing checkpointing,
            OperatorStates states) {
        this.scope = scope;
        this.function = function;
        this.runtime = runtime;
        this.checkpointing = checkpointing;
        this.states = states;
    }

    /** Whether a function has such a say. */
    public static boolean isWanted(Object function) {
        return keepsElements(function) || function instanceof CheckpointListener;
    }

    /** Whether elements given to a function may be in its state afterwards. */
    public static boolean keepsElements(Object function) {
        return function instanceof CheckpointedFunction || function instanceof ListCheckpointed<?>;
    }

    private record Snapshot(long getCheckpointId, long getCheckpointTimestamp) implements FunctionSnapshotContext {}

    private final class Initialization implements FunctionInitializationContext {
        @Override
        public boolean isRestored() {
            return checkpointing.restored().isPresent();
        }

        @Override
        public OptionalLong getRestoredCheckpointId() {
            return checkpointing.restored();
        }

        @Override
        public OperatorStateStore getOperatorStateStore() {
            return states;
        }

        @Override
        public KeyedStateStore getKeyedStateStore() {
            return runtime;
        }
    }

    /** Work of the user's that may fail. */
    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    private void guarded(Call call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    /** Goes before the function's own opening. */
    @Override
    public void open() {
        guarded(() -> {
            if (function instanceof RichFunction rich) {
                rich.setRuntimeContext(runtime);
            }
            if (function instanceof CheckpointedFunction checkpointed) {
                checkpointed.initializeState(new Initialization());
            }
            if (function instanceof ListCheckpointed<?> listed
                    && checkpointing.restored().isPresent()) {
                restore(listed);
            }
        });
    }

    @Override
    public void close() {}

    /**
     * Has the function bring its states up to date.
     *
     * @param epochMillis of the barrier
     */
    public void snapshot(long checkpoint, long epochMillis) {
        guarded(() -> {
            if (function instanceof CheckpointedFunction checkpointed) {
                checkpointed.snapshotState(new Snapshot(checkpoint, epochMillis));
            }
            if (function instanceof ListCheckpointed<?> listed) {
                states.getListState(LIST).update(new ArrayList<>(listed.snapshotState(checkpoint, epochMillis)));
            }
        });
    }

    @SuppressWarnings("unchecked") // what the function gave
    private <T> void restore(ListCheckpointed<T> listed) throws Exception {
        ListState<Object> state = states.getListState(LIST);
        List<T> elements = new ArrayList<>();
        state.get().forEach(element -> elements.add((T) element));
        listed.restoreState(elements);
    }

    public void completed(long checkpoint) {
        if (function instanceof CheckpointListener listener) {
            guarded(() -> listener.notifyCheckpointComplete(checkpoint));
        }
    }

    public void aborted(long checkpoint) {
        if (function instanceof CheckpointListener listener) {
            guarded(() -> listener.notifyCheckpointAborted(checkpoint));
        }
    }
}
