package io.millrace.common.graph.schema;

import io.millrace.common.graph.schema.Definition.Composite;
import io.millrace.common.graph.schema.Definition.Enumeration;
import io.millrace.common.graph.schema.Definition.Field;
import io.millrace.common.graph.schema.Definition.Form;
import io.millrace.common.graph.schema.Definition.Union;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A description as text: a line for people, a line with kind and types, then a line per definition. Words are separated
 * by single blanks, which no Java name contains.
 */
final class DescriptionText {
    private static final String OPEN = "open";

    private DescriptionText() {}

    static String print(StateDescription description) {
        StringBuilder text = new StringBuilder(description.text());
        text.append('\n').append(description.kind());
        description.types().forEach(type -> text.append(' ').append(TypeText.stored(type)));
        for (Definition definition : description.definitions()) {
            text.append('\n').append(line(definition));
        }
        return text.toString();
    }

    private static String line(Definition definition) {
        if (definition instanceof Enumeration enumeration) {
            return "enum " + enumeration.className() + words(enumeration.constants());
        }
        if (definition instanceof Union union) {
            return "sealed " + union.className()
                    + words(union.members().stream().map(TypeText::stored).toList());
        }
        Composite composite = (Composite) definition;
        return (composite.isOpen() ? OPEN : composite.form().name().toLowerCase(Locale.ROOT)) + " "
                + composite.className()
                + words(composite.fields().stream().map(TypeText::stored).toList());
    }

    private static String words(List<String> words) {
        return words.stream().map(word -> " " + word).collect(Collectors.joining());
    }

    /** Empty if it is not what {@link #print} wrote. */
    static Optional<StateDescription> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2) {
            return Optional.empty();
        }
        try {
            List<String> head = List.of(lines.get(1).split(" "));
            int count = lines.size() - 2;
            List<TypeSchema> types =
                    head.stream().skip(1).map(word -> type(word, count)).toList();
            List<Definition> definitions = new ArrayList<>();
            for (String line : lines.subList(2, lines.size())) {
                definitions.add(definition(List.of(line.split(" ")), count));
            }
            return types.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StateDescription(lines.get(0), head.get(0), types, definitions));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static TypeSchema type(String word, int definitions) {
        return new TypeParser(word, definitions).whole();
    }

    private static Definition definition(List<String> words, int definitions) {
        if (words.size() < 2) {
            throw new IllegalArgumentException("A definition has a kind and a name");
        }
        String name = words.get(1);
        List<String> rest = words.subList(2, words.size());
        return switch (words.get(0)) {
            case "enum" -> new Enumeration(name, rest);
            case "sealed" ->
                new Union(
                        name, rest.stream().map(word -> type(word, definitions)).toList());
            case OPEN -> new Composite(Form.CLASS, name, true, fields(rest, definitions));
            default ->
                new Composite(
                        Form.valueOf(words.get(0).toUpperCase(Locale.ROOT)), name, false, fields(rest, definitions));
        };
    }

    private static List<Field> fields(List<String> words, int definitions) {
        List<Field> fields = new ArrayList<>();
        for (String word : words) {
            int colon = word.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("A field has a name and a type");
            }
            String type = word.substring(colon + 1);
            String box = TypeText.BOXES.get(type);
            fields.add(new Field(
                    word.substring(0, colon),
                    box != null,
                    box != null ? new TypeSchema.Basic(box) : type(type, definitions)));
        }
        return fields;
    }
}
