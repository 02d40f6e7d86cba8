package io.millrace.taskmanager.runtime.operatorstate;

import io.millrace.api.types.BinaryReader;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.snapshot.ElementBlocks;
import io.millrace.taskmanager.state.StateErrors;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** What a snapshot has of a state for one subtask, as bytes, until it is read. */
final class RestoredElements {
    private final String state;
    private final boolean asWrittenNow;
    private List<ByteBuffer> elements;

    /** @param asWrittenNow whether the state is written today as it was then */
    RestoredElements(String state, List<ByteBuffer> elements, boolean asWrittenNow) {
        this.state = state;
        this.elements = elements;
        this.asWrittenNow = asWrittenNow;
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    boolean isAsWrittenNow() {
        return asWrittenNow;
    }

    void drop() {
        elements = List.of();
    }

    void handOn(ElementBlocks out) {
        elements.forEach(out::add);
    }

    /**
     * Has all of them read, once.
     *
     * @throws MillraceException {@code STATE_NOT_READABLE} if one is not what was written
     */
    void take(Consumer<BinaryReader> reading) {
        BinaryReader in = new BinaryReader();
        for (ByteBuffer element : elements) {
            try {
                in.reset(element.array(), element.arrayOffset() + element.position(), element.remaining());
                reading.accept(in);
            } catch (MillraceException e) {
                throw e;
            } catch (RuntimeException e) {
                throw unreadable(state, e.toString()).asException(e);
            }
            if (in.remaining() > 0) {
                throw unreadable(state, in.remaining() + " bytes follow an element")
                        .asException();
            }
        }
        drop();
    }

    static Problem unreadable(String state, String why) {
        return Problem.of(StateErrors.STATE_NOT_READABLE, "State '" + state + "' cannot be read")
                .because(why)
                .fix("Check that the job's classes are those that wrote the snapshot");
    }
}
