package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.common.graph.schema.Definition.Composite;
import io.millrace.common.graph.schema.Definition.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields by their names: those that are gone are passed over, new ones are null or zero. The fields as they were are
 * rewritten one by one and put together in today's order.
 */
final class CompositeRewriter implements Rewriter {
    private static final int NONE = -1;

    private final Composite was;
    private final Composite is;
    /** One for each field that was. */
    private final List<Rewriter> fields;
    /** Writes values of subclasses; null if there were none. */
    private final @Nullable Rewriter subclass;

    /** By the field that is, the index of the same field that was. */
    private final int[] sources;

    CompositeRewriter(Composite was, Composite is, List<Rewriter> fields, @Nullable Rewriter subclass) {
        this.was = was;
        this.is = is;
        this.fields = fields;
        this.subclass = subclass;
        this.sources = new int[is.fields().size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = indexOf(was, is.fields().get(i).name());
        }
    }

    private static int indexOf(Composite composite, String name) {
        for (int i = 0; i < composite.fields().size(); i++) {
            if (composite.fields().get(i).name().equals(name)) {
                return i;
            }
        }
        return NONE;
    }

    @Override
    public void rewrite(BinaryReader in, BinaryWriter out) {
        if (was.isOpen() && in.readBoolean()) {
            rewriteSubclass(in, out);
            return;
        }
        int[] ends = new int[fields.size()];
        boolean[] nulls = readNulls(in);
        BinaryWriter contents = new BinaryWriter(128);
        for (int i = 0; i < ends.length; i++) {
            if (!nulls[i]) {
                fields.get(i).rewrite(in, contents);
            }
            ends[i] = contents.position();
        }
        if (was.fields().isEmpty() && !was.isOpen()) {
            in.readByte();
        }
        if (is.isOpen() || is.fields().isEmpty()) {
            out.writeByte(0);
        }
        writeNulls(nulls, out);
        for (int i = 0; i < sources.length; i++) {
            int source = sources[i];
            if (source != NONE) {
                int from = source == 0 ? 0 : ends[source - 1];
                out.write(contents.bytes(), from, ends[source] - from);
            } else if (is.fields().get(i).isPrimitive()) {
                BasicRewriters.writeZero(is.fields().get(i).type(), out);
            }
        }
    }

    private void rewriteSubclass(BinaryReader in, BinaryWriter out) {
        if (subclass == null || !is.isOpen()) {
            throw ValueRefusals.goneWhenMet("A value of a subclass of " + was.className(), is.className());
        }
        out.writeByte(1);
        subclass.rewrite(in, out);
    }

    private boolean[] readNulls(BinaryReader in) {
        boolean[] nulls = new boolean[was.fields().size()];
        int bits = 0;
        int count = 0;
        for (int i = 0; i < nulls.length; i++) {
            if (!was.fields().get(i).isPrimitive()) {
                bits = count % 8 == 0 ? in.readByte() : bits;
                nulls[i] = (bits & 1 << count % 8) != 0;
                count++;
            }
        }
        return nulls;
    }

    private void writeNulls(boolean[] nulls, BinaryWriter out) {
        int bits = 0;
        int count = 0;
        for (int i = 0; i < sources.length; i++) {
            Field field = is.fields().get(i);
            if (!field.isPrimitive()) {
                boolean absent = sources[i] == NONE || nulls[sources[i]];
                bits |= absent ? 1 << count % 8 : 0;
                count++;
                if (count % 8 == 0) {
                    out.writeByte(bits);
                    bits = 0;
                }
            }
        }
        if (count % 8 != 0) {
            out.writeByte(bits);
        }
    }
}
