package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what was under way on one channel: blocks that each begin with gate and producer, then elements as they
 * are laid out on a channel. Of one capture; used once.
 */
public final class InFlightWriter {
    private static final int BLOCK_BYTES = 64 << 10;

    private final int gate;
    private final int producer;
    private final TypeSerializer<Object> serializer;
    private final OperatorScope scope;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private BinaryWriter open;
    private long entries;

    /**
     * @param gate its place among the subtask's gates
     * @param serializer of the edge; keeps nothing from elsewhere
     * @param scope the operator that reads the channel, for errors
     */
    public InFlightWriter(int gate, int producer, TypeSerializer<Object> serializer, OperatorScope scope) {
        this.gate = gate;
        this.producer = producer;
        this.serializer = serializer;
        this.scope = scope;
        this.open = begin();
    }

    private BinaryWriter begin() {
        BinaryWriter out = new BinaryWriter(256);
        out.writeInt(gate);
        out.writeInt(producer);
        return out;
    }

    public void element(Object value, long timestamp) {
        BinaryWriter out = open;
        int start = out.position();
        out.writeInt(0);
        int kind = ElementFormat.RECORD;
        if (timestamp != Output.NO_TIMESTAMP) {
            kind = ElementFormat.TIMESTAMPED_RECORD;
            out.writeLong(timestamp);
        }
        try {
            serializer.serialize(value, out);
        } catch (RuntimeException e) {
            throw scope.notWritable(value, e);
        }
        out.setInt(start, ElementFormat.header(kind, out.position() - start - ElementFormat.HEADER_BYTES));
        added();
    }

    public void control(Control control, long number) {
        open.writeInt(ElementFormat.header(ElementFormat.kindOf(control), ElementFormat.controlLength(control)));
        if (control.isNumbered()) {
            open.writeLong(number);
        }
        added();
    }

    private void added() {
        entries++;
        if (open.position() >= BLOCK_BYTES) {
            seal();
        }
    }

    private void seal() {
        blocks.add(ByteBuffer.wrap(open.bytes(), 0, open.position()));
        open = begin();
    }

    /** How many elements were written, control elements included. */
    public long entries() {
        return entries;
    }

    /** Everything that was written; empty if nothing was. */
    public List<ByteBuffer> finish() {
        if (open.position() > 2 * Integer.BYTES) {
            seal();
        }
        return blocks;
    }
}
