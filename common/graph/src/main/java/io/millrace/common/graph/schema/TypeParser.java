package io.millrace.common.graph.schema;

import io.millrace.common.graph.schema.TypeSchema.Basic;
import io.millrace.common.graph.schema.TypeSchema.Custom;
import io.millrace.common.graph.schema.TypeSchema.Dynamic;
import io.millrace.common.graph.schema.TypeSchema.Maybe;
import io.millrace.common.graph.schema.TypeSchema.Named;
import io.millrace.common.graph.schema.TypeSchema.Primitives;
import io.millrace.common.graph.schema.TypeSchema.Sequence;
import io.millrace.common.graph.schema.TypeSchema.Table;

/** Reads a type from the form that is stored; throws {@link IllegalArgumentException} for anything else. */
final class TypeParser {
    /** A description comes from a file, so its depth is not trusted. */
    private static final int MAX_DEPTH = 200;

    private final String text;
    private final int definitions;
    private int at;
    private int depth;

    TypeParser(String text, int definitions) {
        this.text = text;
        this.definitions = definitions;
    }

    TypeSchema whole() {
        TypeSchema type = type();
        require(at == text.length());
        return type;
    }

    private TypeSchema type() {
        require(++depth <= MAX_DEPTH && at < text.length());
        TypeSchema type =
                switch (text.charAt(at)) {
                    case '@' -> named();
                    case '?' -> dynamic();
                    case '!' -> custom();
                    default -> plain();
                };
        depth--;
        return type;
    }

    private TypeSchema named() {
        at++;
        int definition = Integer.parseInt(name());
        require(0 <= definition && definition < definitions);
        return new Named(definition);
    }

    private TypeSchema dynamic() {
        at++;
        return new Dynamic(name());
    }

    private TypeSchema custom() {
        at++;
        String className = name();
        expect('!');
        return new Custom(className, name());
    }

    private TypeSchema plain() {
        String name = name();
        if (name.endsWith("[]")) {
            String element = name.substring(0, name.length() - 2);
            require(TypeText.BOXES.containsKey(element));
            return new Primitives(element);
        }
        if (at == text.length() || text.charAt(at) != '<') {
            return new Basic(name);
        }
        at++;
        TypeSchema first = type();
        TypeSchema result;
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            result = new Table(name, first, type());
        } else {
            result = name.equals("Optional") ? new Maybe(first) : new Sequence(name, first);
        }
        expect('>');
        return result;
    }

    private String name() {
        int from = at;
        while (at < text.length() && "<>,!".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        require(at > from);
        return text.substring(from, at);
    }

    private void expect(char wanted) {
        require(at < text.length() && text.charAt(at) == wanted);
        at++;
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("Not a type at " + at + ": " + text);
        }
    }
}
