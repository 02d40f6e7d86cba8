package io.millrace.common.serde;

import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.schema.Definition;
import io.millrace.common.graph.schema.Definition.Composite;
import io.millrace.common.graph.schema.Definition.Enumeration;
import io.millrace.common.graph.schema.Definition.Field;
import io.millrace.common.graph.schema.Definition.Form;
import io.millrace.common.graph.schema.Definition.Union;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.schema.TypeSchema;
import io.millrace.common.graph.schema.TypeSchema.Basic;
import io.millrace.common.graph.schema.TypeSchema.Maybe;
import io.millrace.common.graph.schema.TypeSchema.Named;
import io.millrace.common.graph.schema.TypeSchema.Primitives;
import io.millrace.common.graph.schema.TypeSchema.Sequence;
import io.millrace.common.graph.schema.TypeSchema.Table;
import io.millrace.common.graph.snapshot.StateSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random schemas, and what may become of them and of their {@link SchemaValues}. */
final class SchemaModel {
    private static final List<String> NUMBERS =
            List.of("Byte", "Short", "Character", "Integer", "Long", "Float", "Double");
    private static final List<String> BASICS = List.of("Boolean", "String");
    private static final Map<String, List<String>> WIDER = Map.of(
            "Byte", List.of("Short", "Integer", "Long", "Float", "Double"),
            "Short", List.of("Integer", "Long", "Float", "Double"),
            "Character", List.of("Integer", "Long", "Float", "Double"),
            "Integer", List.of("Long", "Double"),
            "Float", List.of("Double"));

    /** A later version of a schema. */
    record Evolution(StateDescription was, StateDescription is) {
        /** What becomes of a value. */
        Object of(Object value) {
            return become(was.types().get(0), is.types().get(0), value);
        }

        private Object become(TypeSchema before, TypeSchema now, Object value) {
            if (before instanceof Named old && now instanceof Named current) {
                return becomeNamed(was.definition(old), is.definition(current), value);
            }
            if (before instanceof Sequence old && now instanceof Sequence current) {
                List<@Nullable Object> all = new ArrayList<>();
                ((List<?>) value).forEach(each -> all.add(orNull(old.element(), current.element(), each)));
                return all;
            }
            if (before instanceof Table old && now instanceof Table current) {
                List<@Nullable Object> all = new ArrayList<>();
                List<?> flat = (List<?>) value;
                for (int i = 0; i < flat.size(); i++) {
                    all.add(
                            i % 2 == 0
                                    ? orNull(old.key(), current.key(), flat.get(i))
                                    : orNull(old.value(), current.value(), flat.get(i)));
                }
                return all;
            }
            if (before instanceof Maybe old && now instanceof Maybe current) {
                return ((Optional<?>) value).map(each -> become(old.element(), current.element(), each));
            }
            return now instanceof Basic basic ? SchemaValues.widened(value, basic.name()) : value;
        }

        private @Nullable Object orNull(TypeSchema before, TypeSchema now, @Nullable Object value) {
            return value == null ? null : become(before, now, value);
        }

        private Object becomeNamed(Definition before, Definition now, Object value) {
            if (before instanceof Composite old && now instanceof Composite current) {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                for (Field field : current.fields()) {
                    Optional<Field> source = old.field(field.name());
                    Object content = ((Map<?, ?>) value).get(field.name());
                    fields.put(
                            field.name(),
                            source.isPresent() ? orNull(source.get().type(), field.type(), content) : fresh(field));
                }
                return fields;
            }
            if (value instanceof SchemaValues.Member member) {
                Named old = SchemaValues.memberOf((Union) before, was, member.className());
                Named current = SchemaValues.memberOf((Union) now, is, member.className());
                return new SchemaValues.Member(member.className(), become(old, current, member.value()));
            }
            return value;
        }

        private static @Nullable Object fresh(Field field) {
            if (!field.isPrimitive()) {
                return null;
            }
            String name = ((Basic) field.type()).name();
            return name.equals("Boolean") ? (Object) false : SchemaValues.widened(0, name);
        }
    }

    private SchemaModel() {}

    static StateDescription described(String... lines) {
        String text = "a state\n" + String.join("\n", lines);
        return StateDescription.of(new StateSchema("s", new OpaqueBytes(text.getBytes(StandardCharsets.UTF_8))))
                .orElseThrow();
    }

    /** A schema of a few named types; each refers to later ones, the first also to itself. */
    static StateDescription random(Random random) {
        int count = 2 + random.nextInt(4);
        List<Definition> definitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "a.T" + i;
            if (i == 0 || random.nextInt(3) > 0) {
                definitions.add(new Composite(
                        Form.RECORD, name, random.nextInt(4) == 0, fields(random, i, count, random.nextInt(12))));
            } else if (i < count - 1 && random.nextBoolean()) {
                List<TypeSchema> members = new ArrayList<>();
                for (int member = i + 1; member < count; member++) {
                    members.add(new Named(member));
                }
                definitions.add(new Union(name, members));
            } else {
                definitions.add(new Enumeration(name, List.of("A", "B", "C").subList(0, 1 + random.nextInt(3))));
            }
        }
        return new StateDescription("s", "value", List.of(new Named(0)), definitions);
    }

    private static List<Field> fields(Random random, int owner, int count, int many) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            fields.add(field(random, "f" + i, owner, count));
        }
        return fields;
    }

    private static Field field(Random random, String name, int owner, int count) {
        if (random.nextInt(3) == 0) {
            return new Field(name, true, new Basic(NUMBERS.get(random.nextInt(NUMBERS.size()))));
        }
        boolean recursive = owner == 0 && random.nextInt(8) == 0;
        return new Field(name, false, recursive ? new Named(0) : type(random, owner, count, 2));
    }

    private static TypeSchema type(Random random, int owner, int count, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> new Basic(BASICS.get(random.nextInt(BASICS.size())));
            case 1 -> new Primitives("int");
            case 2 -> owner + 1 < count ? new Named(owner + 1 + random.nextInt(count - owner - 1)) : new Basic("Byte");
            case 4 -> new Sequence("java.util.List", type(random, owner, count, depth - 1));
            case 5 -> new Sequence(Sequence.ARRAY, type(random, owner, count, depth - 1));
            case 6 -> new Table("java.util.Map", new Basic("Integer"), type(random, owner, count, depth - 1));
            case 7 -> new Maybe(type(random, owner, count, depth - 1));
            default -> new Basic(NUMBERS.get(random.nextInt(NUMBERS.size())));
        };
    }

    /** What a schema may become without any value being refused. */
    static Evolution evolve(StateDescription was, Random random) {
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : was.definitions()) {
            definitions.add(random.nextInt(4) == 0 ? definition : evolved(definition, random));
        }
        return new Evolution(was, new StateDescription("s", "value", was.types(), definitions));
    }

    private static Definition evolved(Definition definition, Random random) {
        if (definition instanceof Enumeration enumeration) {
            List<String> constants = new ArrayList<>(enumeration.constants());
            constants.add("NEW");
            Collections.shuffle(constants, random);
            return new Enumeration(enumeration.className(), constants);
        }
        if (definition instanceof Union union) {
            List<TypeSchema> members = new ArrayList<>(union.members());
            Collections.shuffle(members, random);
            return new Union(union.className(), members);
        }
        Composite composite = (Composite) definition;
        List<Field> fields = new ArrayList<>();
        for (Field field : composite.fields()) {
            if (random.nextInt(5) > 0) {
                boolean primitive = field.isPrimitive() && random.nextInt(3) > 0;
                fields.add(new Field(field.name(), primitive, wider(field.type(), random)));
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.add(
                    random.nextBoolean()
                            ? new Field("new" + i, true, new Basic(NUMBERS.get(random.nextInt(NUMBERS.size()))))
                            : new Field("new" + i, false, new Basic("String")));
        }
        if (random.nextBoolean()) {
            Collections.shuffle(fields, random);
        }
        return new Composite(composite.form(), composite.className(), random.nextInt(4) == 0, fields);
    }

    private static TypeSchema wider(TypeSchema type, Random random) {
        if (type instanceof Basic basic && WIDER.containsKey(basic.name()) && random.nextInt(3) == 0) {
            List<String> wider = WIDER.get(basic.name());
            return new Basic(wider.get(random.nextInt(wider.size())));
        }
        if (type instanceof Sequence sequence) {
            return new Sequence(sequence.container(), wider(sequence.element(), random));
        }
        if (type instanceof Table table) {
            return new Table(table.container(), wider(table.key(), random), wider(table.value(), random));
        }
        return type instanceof Maybe maybe ? new Maybe(wider(maybe.element(), random)) : type;
    }
}
