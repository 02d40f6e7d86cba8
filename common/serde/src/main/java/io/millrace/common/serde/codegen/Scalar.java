package io.millrace.common.serde.codegen;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/** Strings and primitives with their boxes: written, read, hashed and compared without a call to a serializer. */
enum Scalar {
    STRING(String.class, String.class, "String", String.class),
    BOOLEAN(Boolean.class, boolean.class, "Boolean", boolean.class),
    BYTE(Byte.class, byte.class, "Byte", int.class),
    SHORT(Short.class, short.class, "Short", int.class),
    CHAR(Character.class, char.class, "Char", int.class),
    INT(Integer.class, int.class, "Int", int.class),
    LONG(Long.class, long.class, "Long", long.class),
    FLOAT(Float.class, float.class, "Float", float.class),
    DOUBLE(Double.class, double.class, "Double", double.class);

    private final Class<?> box;
    private final Class<?> plain;
    private final Class<?> written;

    /** What follows {@code write} and {@code read} in method names. */
    final String suffix;

    Scalar(Class<?> box, Class<?> plain, String suffix, Class<?> written) {
        this.box = box;
        this.plain = plain;
        this.suffix = suffix;
        this.written = written;
    }

    static @Nullable Scalar of(Class<?> boxClass) {
        for (Scalar scalar : values()) {
            if (scalar.box == boxClass) {
                return scalar;
            }
        }
        return null;
    }

    String boxName() {
        return Type.getInternalName(box);
    }

    /** The method of the box that gives the primitive. */
    String unboxMethod() {
        return plain.getName() + "Value";
    }

    /** The method of {@code KeyHash} that hashes it. */
    String hashMethod() {
        return switch (this) {
            case BYTE, SHORT, CHAR, INT -> "ofInt";
            default -> "of" + suffix;
        };
    }

    /** The value as it is read: the primitive, or the string. */
    Type plain() {
        return Type.getType(plain);
    }

    /** The parameter of the methods that write and hash it. */
    Type written() {
        return Type.getType(written);
    }
}
