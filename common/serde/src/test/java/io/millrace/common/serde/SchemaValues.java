package io.millrace.common.serde;

import io.millrace.api.types.BinaryWriter;
import io.millrace.common.graph.schema.Definition;
import io.millrace.common.graph.schema.Definition.Composite;
import io.millrace.common.graph.schema.Definition.Enumeration;
import io.millrace.common.graph.schema.Definition.Field;
import io.millrace.common.graph.schema.Definition.Union;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.schema.TypeSchema;
import io.millrace.common.graph.schema.TypeSchema.Basic;
import io.millrace.common.graph.schema.TypeSchema.Maybe;
import io.millrace.common.graph.schema.TypeSchema.Named;
import io.millrace.common.graph.schema.TypeSchema.Primitives;
import io.millrace.common.graph.schema.TypeSchema.Sequence;
import io.millrace.common.graph.schema.TypeSchema.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random values without classes: a composite is a map by field names, a constant its name, a member of a union a pair
 * of class name and value, a map the list of its keys and values in turn. Writes them as
 * {@code docs/protocol/serialization.md} says, on its own.
 */
final class SchemaValues {

    /** One of a union. */
    record Member(String className, Object value) {}

    private SchemaValues() {}

    static Object widened(Object value, String name) {
        Object source = value instanceof Character c ? (Object) (int) c : value;
        if (!(source instanceof Number number)) {
            return value;
        }
        return switch (name) {
            case "Byte" -> number.byteValue();
            case "Short" -> number.shortValue();
            case "Character" -> (char) number.intValue();
            case "Integer" -> number.intValue();
            case "Long" -> number.longValue();
            case "Float" -> number.floatValue();
            default -> number.doubleValue();
        };
    }

    static Object value(StateDescription schema, Random random) {
        return value(schema, schema.types().get(0), random, 4);
    }

    private static Object value(StateDescription schema, TypeSchema type, Random random, int depth) {
        if (type instanceof Named named) {
            return named(schema, schema.definition(named), random, depth);
        }
        if (type instanceof Sequence sequence) {
            List<@Nullable Object> all = new ArrayList<>();
            for (int i = depth <= 0 ? 0 : random.nextInt(4); i > 0; i--) {
                all.add(orNull(schema, sequence.element(), random, depth - 1));
            }
            return all;
        }
        if (type instanceof Table table) {
            List<@Nullable Object> flat = new ArrayList<>();
            for (int i = depth <= 0 ? 0 : random.nextInt(3); i > 0; i--) {
                flat.add(orNull(schema, table.key(), random, depth - 1));
                flat.add(orNull(schema, table.value(), random, depth - 1));
            }
            return flat;
        }
        if (type instanceof Maybe maybe) {
            return Optional.ofNullable(orNull(schema, maybe.element(), random, depth - 1));
        }
        if (type instanceof Primitives) {
            return random.ints(random.nextInt(4)).toArray();
        }
        String name = ((Basic) type).name();
        return switch (name) {
            case "Boolean" -> random.nextBoolean();
            case "String" -> "text " + random.nextInt(100) + (random.nextBoolean() ? "" : "ℵ");
            default -> widened(random.nextInt(200) - 100, name);
        };
    }

    private static @Nullable Object orNull(StateDescription schema, TypeSchema type, Random random, int depth) {
        return depth <= 0 || random.nextInt(5) == 0 ? null : value(schema, type, random, depth);
    }

    private static Object named(StateDescription schema, Definition definition, Random random, int depth) {
        if (definition instanceof Enumeration enumeration) {
            return enumeration
                    .constants()
                    .get(random.nextInt(enumeration.constants().size()));
        }
        if (definition instanceof Union union) {
            Named member =
                    (Named) union.members().get(random.nextInt(union.members().size()));
            return new Member(schema.definition(member).className(), value(schema, member, random, depth - 1));
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Field field : ((Composite) definition).fields()) {
            fields.put(
                    field.name(),
                    field.isPrimitive()
                            ? value(schema, field.type(), random, depth)
                            : orNull(schema, field.type(), random, depth - 1));
        }
        return fields;
    }

    static byte[] bytes(StateDescription schema, Object value) {
        BinaryWriter out = new BinaryWriter(64);
        write(schema, schema.types().get(0), value, out);
        return Arrays.copyOf(out.bytes(), out.position());
    }

    private static void write(StateDescription schema, TypeSchema type, Object value, BinaryWriter out) {
        if (type instanceof Named named) {
            writeNamed(schema, schema.definition(named), value, out);
        } else if (type instanceof Sequence sequence) {
            List<?> all = (List<?>) value;
            writeAll(schema, all, all.size(), List.of(sequence.element()), out);
        } else if (type instanceof Table table) {
            List<?> all = (List<?>) value;
            writeAll(schema, all, all.size() / 2, List.of(table.key(), table.value()), out);
        } else if (type instanceof Maybe maybe) {
            Optional<?> content = (Optional<?>) value;
            out.writeBoolean(content.isPresent());
            content.ifPresent(each -> write(schema, maybe.element(), each, out));
        } else if (type instanceof Primitives) {
            int[] numbers = (int[]) value;
            out.writeVarInt(numbers.length);
            for (int number : numbers) {
                out.writeInt(number);
            }
        } else {
            writeBasic(value, out);
        }
    }

    private static void writeAll(
            StateDescription schema, List<?> all, int size, List<TypeSchema> types, BinaryWriter out) {
        boolean nulls = all.contains(null);
        out.writeVarInt(2 * size + (nulls ? 1 : 0));
        for (int i = 0; i < all.size(); i++) {
            Object each = all.get(i);
            if (nulls) {
                out.writeBoolean(each != null);
            }
            if (each != null) {
                write(schema, types.get(i % types.size()), each, out);
            }
        }
    }

    private static void writeNamed(StateDescription schema, Definition definition, Object value, BinaryWriter out) {
        if (definition instanceof Enumeration enumeration) {
            out.writeVarInt(enumeration.constants().indexOf(value));
        } else if (definition instanceof Union union) {
            Member member = (Member) value;
            Named type = memberOf(union, schema, member.className);
            out.writeVarInt(union.members().indexOf(type));
            write(schema, type, member.value, out);
        } else {
            writeFields(schema, (Composite) definition, (Map<?, ?>) value, out);
        }
    }

    private static void writeFields(StateDescription schema, Composite composite, Map<?, ?> fields, BinaryWriter out) {
        if (composite.isOpen() || composite.fields().isEmpty()) {
            out.writeByte(0);
        }
        List<Field> nullable = composite.fields().stream()
                .filter(field -> !field.isPrimitive())
                .toList();
        byte[] bits = new byte[(nullable.size() + 7) / 8];
        for (int i = 0; i < nullable.size(); i++) {
            if (fields.get(nullable.get(i).name()) == null) {
                bits[i / 8] |= (byte) (1 << i % 8);
            }
        }
        out.write(bits, 0, bits.length);
        for (Field field : composite.fields()) {
            Object content = fields.get(field.name());
            if (content != null) {
                write(schema, field.type(), content, out);
            }
        }
    }

    static Named memberOf(Union union, StateDescription schema, String className) {
        return union.members().stream()
                .map(Named.class::cast)
                .filter(member -> schema.definition(member).className().equals(className))
                .findFirst()
                .orElseThrow();
    }

    private static void writeBasic(Object value, BinaryWriter out) {
        if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Byte number) {
            out.writeByte(number);
        } else if (value instanceof Short number) {
            out.writeShort(number);
        } else if (value instanceof Character character) {
            out.writeChar(character);
        } else if (value instanceof Integer number) {
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Float number) {
            out.writeFloat(number);
        } else {
            out.writeDouble((Double) value);
        }
    }
}
