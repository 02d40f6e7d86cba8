package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.DynamicType;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.graph.schema.Definition;
import io.millrace.common.graph.schema.Definition.Composite;
import io.millrace.common.graph.schema.Definition.Enumeration;
import io.millrace.common.graph.schema.Definition.Field;
import io.millrace.common.graph.schema.Definition.Union;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.schema.TypeSchema;
import io.millrace.common.graph.schema.TypeSchema.Basic;
import io.millrace.common.graph.schema.TypeSchema.Custom;
import io.millrace.common.graph.schema.TypeSchema.Dynamic;
import io.millrace.common.graph.schema.TypeSchema.Maybe;
import io.millrace.common.graph.schema.TypeSchema.Named;
import io.millrace.common.graph.schema.TypeSchema.Primitives;
import io.millrace.common.graph.schema.TypeSchema.Sequence;
import io.millrace.common.graph.schema.TypeSchema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts rewriters together for two descriptions of which {@code SchemaChange} says that one migrates to the other. Used
 * once, by one thread.
 */
final class RewriterBuilder {

    /** Two named types, one as it was and one as it is. */
    private record Pair(int was, int is) {}

    /** Stands for a rewriter that is still being built, for types that contain themselves. */
    private static final class Later implements Rewriter {
        private Rewriter whole = this;
        private int level;

        @Override
        public void rewrite(BinaryReader in, BinaryWriter out) {
            if (level > RecursiveSerializer.MAX_LEVELS) {
                throw new IndexOutOfBoundsException("A value contains itself too often");
            }
            level++;
            try {
                whole.rewrite(in, out);
            } finally {
                level--;
            }
        }
    }

    private final StateDescription was;
    private final StateDescription is;
    private final SerializerScope scope;
    private final Map<Pair, Later> named = new HashMap<>();

    /** @param scope self-contained; knows the classes of dynamic values */
    RewriterBuilder(StateDescription was, StateDescription is, SerializerScope scope) {
        this.was = was;
        this.is = is;
        this.scope = scope;
    }

    Rewriter build(TypeSchema before, TypeSchema now) {
        if (before instanceof Named old && now instanceof Named current) {
            return named(old, current);
        }
        if (before instanceof Basic old && now instanceof Basic current) {
            return BasicRewriters.of(old, current);
        }
        if (before instanceof Primitives primitives) {
            return BasicRewriters.of(primitives);
        }
        if (before instanceof Sequence old && now instanceof Sequence current) {
            return sequence(build(old.element(), current.element()));
        }
        if (before instanceof Table old && now instanceof Table current) {
            return table(build(old.key(), current.key()), build(old.value(), current.value()));
        }
        if (before instanceof Maybe old && now instanceof Maybe current) {
            return maybe(build(old.element(), current.element()));
        }
        if (before instanceof Custom custom) {
            return BasicRewriters.copying(custom(custom));
        }
        if (before instanceof Dynamic) {
            return dynamic();
        }
        throw new IllegalArgumentException("A " + before + " cannot become a " + now);
    }

    private Rewriter named(Named before, Named now) {
        Pair pair = new Pair(before.definition(), now.definition());
        Later known = named.get(pair);
        if (known != null) {
            return known;
        }
        Later later = new Later();
        named.put(pair, later);
        later.whole = defined(was.definition(before), is.definition(now));
        return later;
    }

    private Rewriter defined(Definition before, Definition now) {
        if (before instanceof Composite old && now instanceof Composite current) {
            List<Rewriter> fields = new ArrayList<>();
            for (Field field : old.fields()) {
                Optional<Field> same = current.field(field.name());
                fields.add(same.isPresent() ? build(field.type(), same.get().type()) : unchanged(field.type()));
            }
            return new CompositeRewriter(old, current, fields, old.isOpen() ? dynamic() : null);
        }
        if (before instanceof Enumeration old && now instanceof Enumeration current) {
            return (in, out) -> out.writeVarInt(constant(old, current, in.readVarInt()));
        }
        if (before instanceof Union old && now instanceof Union current) {
            return union(old, current);
        }
        throw new IllegalArgumentException(before.className() + " cannot become a " + now);
    }

    /** What is read and not used: it has to be passed over. */
    private Rewriter unchanged(TypeSchema before) {
        return new RewriterBuilder(was, was, scope).build(before, before);
    }

    private static int constant(Enumeration before, Enumeration now, int ordinal) {
        if (ordinal < 0 || ordinal >= before.constants().size()) {
            throw new IndexOutOfBoundsException("There was no constant " + ordinal + " of " + before.className());
        }
        String name = before.constants().get(ordinal);
        int index = now.constants().indexOf(name);
        if (index < 0) {
            throw ValueRefusals.goneWhenMet("The constant " + name, now.className());
        }
        return index;
    }

    private Rewriter union(Union before, Union now) {
        List<Rewriter> members = new ArrayList<>();
        int[] indexes = new int[before.members().size()];
        for (int i = 0; i < indexes.length; i++) {
            Named old = (Named) before.members().get(i);
            indexes[i] = indexOf(now, was.definition(old).className());
            members.add(
                    indexes[i] < 0
                            ? unchanged(old)
                            : named(old, (Named) now.members().get(indexes[i])));
        }
        return (in, out) -> {
            int index = in.readVarInt();
            if (index < 0 || index >= indexes.length) {
                throw new IndexOutOfBoundsException("There was no member " + index + " of " + before.className());
            }
            if (indexes[index] < 0) {
                String name =
                        was.definition((Named) before.members().get(index)).className();
                throw ValueRefusals.goneWhenMet("The class " + name, now.className());
            }
            out.writeVarInt(indexes[index]);
            members.get(index).rewrite(in, out);
        };
    }

    private int indexOf(Union union, String className) {
        for (int i = 0; i < union.members().size(); i++) {
            if (is.definition((Named) union.members().get(i)).className().equals(className)) {
                return i;
            }
        }
        return -1;
    }

    private static Rewriter sequence(Rewriter element) {
        return (in, out) -> {
            int header = in.readVarInt();
            int size = Counts.check(header >>> 1, in);
            out.writeVarInt(header);
            for (int i = 0; i < size; i++) {
                nullable((header & 1) != 0, element, in, out);
            }
        };
    }

    private static Rewriter table(Rewriter key, Rewriter value) {
        return (in, out) -> {
            int header = in.readVarInt();
            int size = Counts.check(header >>> 1, in);
            out.writeVarInt(header);
            for (int i = 0; i < size; i++) {
                nullable((header & 1) != 0, key, in, out);
                nullable((header & 1) != 0, value, in, out);
            }
        };
    }

    private static Rewriter maybe(Rewriter element) {
        return (in, out) -> nullable(true, element, in, out);
    }

    private static void nullable(boolean flagged, Rewriter content, BinaryReader in, BinaryWriter out) {
        boolean present = !flagged || in.readBoolean();
        if (flagged) {
            out.writeBoolean(present);
        }
        if (present) {
            content.rewrite(in, out);
        }
    }

    /** Its values name their classes, which have to be what they were. */
    private Rewriter dynamic() {
        return BasicRewriters.copying(scope.whole(new DynamicType<>(Object.class)));
    }

    private TypeSerializer<?> custom(Custom custom) {
        Class<?> serializer = scope.resolve(custom.serializer(), custom.className());
        try {
            return (TypeSerializer<?>) serializer.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw ValueRefusals.customSerializer(serializer, custom.className(), e);
        }
    }
}
