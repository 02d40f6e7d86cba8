package io.millrace.api.plan.builder;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells from class files whether a private synthetic field is read, by its own class or by one nested in it. Answers
 * yes where it cannot tell. Instruction lengths are those of The Java Virtual Machine Specification, chapter 6; the
 * file's layout is chapter 4.
 */
final class FieldReads {
    private static final int GETFIELD = 0xB4;
    private static final int TABLESWITCH = 0xAA;
    private static final int LOOKUPSWITCH = 0xAB;
    private static final int WIDE = 0xC4;
    private static final int IINC = 0x84;

    /** For opcode c, the character at c says how many bytes follow it; switches and wide are handled apart. */
    private static final String OPERAND_BYTES = "0".repeat(16)
            + "12122" // bipush, sipush, ldc, ldc_w, ldc2_w
            + "1".repeat(5) // loads
            + "0".repeat(28)
            + "1".repeat(5) // stores
            + "0".repeat(73)
            + "2" // iinc
            + "0".repeat(20)
            + "2".repeat(16) // branches, goto, jsr
            + "1" // ret
            + "00" // switches
            + "0".repeat(6) // returns
            + "2".repeat(7) // fields, invokevirtual, invokespecial, invokestatic
            + "44" // invokeinterface, invokedynamic
            + "212" // new, newarray, anewarray
            + "00" // arraylength, athrow
            + "22" // checkcast, instanceof
            + "00" // monitors
            + "0" // wide
            + "322" // multianewarray, ifnull, ifnonnull
            + "44"; // goto_w, jsr_w

    private final String owner;
    private final String field;
    private final ClassLoader loader;
    private final Set<String> scanned = new HashSet<>();

    private FieldReads(Field field) {
        this.owner = field.getDeclaringClass().getName().replace('.', '/');
        this.field = field.getName();
        this.loader = field.getDeclaringClass().getClassLoader();
    }

    static boolean isRead(Field field) {
        FieldReads reads = new FieldReads(field);
        try {
            return reads.inClass(reads.owner);
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    private boolean inClass(String internalName) throws IOException {
        if (!scanned.add(internalName)) {
            return false;
        }
        byte[] bytes;
        try (InputStream file = loader.getResourceAsStream(internalName + ".class")) {
            if (file == null) {
                return true;
            }
            bytes = file.readAllBytes();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        ClassConstants constants = ClassConstants.read(in);
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        boolean inFields = inMembers(in, constants);
        boolean inMethods = inMembers(in, constants);
        if (inFields || inMethods) {
            return true;
        }
        for (String nested : constants.classNames()) {
            if (nested.startsWith(internalName + "$") && inClass(nested)) {
                return true;
            }
        }
        return false;
    }

    /** Goes through the fields, or the methods, of a class. */
    private boolean inMembers(DataInputStream in, ClassConstants constants) throws IOException {
        int members = in.readUnsignedShort();
        for (int i = 0; i < members; i++) {
            in.skipNBytes(6);
            int attributes = in.readUnsignedShort();
            for (int j = 0; j < attributes; j++) {
                String name = constants.text(in.readUnsignedShort());
                byte[] content = in.readNBytes(in.readInt());
                if (name.equals("Code") && inCode(content, constants)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean inCode(byte[] attribute, ClassConstants constants) {
        int end = 8 + int4(attribute, 4);
        int at = 8;
        while (at < end) {
            int opcode = attribute[at] & 0xFF;
            if (opcode == GETFIELD && constants.isField(int2(attribute, at + 1), owner, field)) {
                return true;
            }
            at += length(attribute, at, opcode);
        }
        return false;
    }

    private static int length(byte[] code, int at, int opcode) {
        // Switch tables start at a multiple of four from the first instruction, which is at 8.
        int table = (at + 4) & ~3;
        return switch (opcode) {
            case TABLESWITCH -> table + 12 + 4 * (int4(code, table + 8) - int4(code, table + 4) + 1) - at;
            case LOOKUPSWITCH -> table + 8 + 8 * int4(code, table + 4) - at;
            case WIDE -> (code[at + 1] & 0xFF) == IINC ? 6 : 4;
            default -> 1 + OPERAND_BYTES.charAt(opcode) - '0';
        };
    }

    private static int int2(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    private static int int4(byte[] bytes, int at) {
        return (int2(bytes, at) << 16) | int2(bytes, at + 2);
    }
}
