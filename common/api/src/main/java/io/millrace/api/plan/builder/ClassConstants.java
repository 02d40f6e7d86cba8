package io.millrace.api.plan.builder;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The constant pool of a class file (The Java Virtual Machine Specification, section 4.4).
 *
 * @param tags kind of each constant, by its index
 * @param numbers up to two indexes that a constant refers to, as {@code first << 16 | second}
 * @param texts texts, empty for other kinds
 */
record ClassConstants(List<Integer> tags, List<Integer> numbers, List<String> texts) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int FIELD = 9;

    /** Reads the file from its start to the end of the pool. */
    static ClassConstants read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        in.readInt();
        ClassConstants constants = new ClassConstants(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        constants.add(0, 0, "");
        int count = in.readUnsignedShort();
        while (constants.tags.size() < count) {
            constants.readOne(in);
        }
        return constants;
    }

    private void readOne(DataInputStream in) throws IOException {
        int tag = in.readUnsignedByte();
        switch (tag) {
            case UTF8 -> add(tag, 0, in.readUTF());
            case LONG, DOUBLE -> {
                in.readLong();
                add(tag, 0, "");
                add(0, 0, "");
            }
            case CLASS, 8, 16, 19, 20 -> add(tag, in.readUnsignedShort(), "");
            case 3, 4, FIELD, 10, 11, 12, 17, 18 -> add(tag, in.readInt(), "");
            case 15 -> {
                in.readByte();
                add(tag, in.readUnsignedShort(), "");
            }
            default -> throw new IOException("a constant of unknown kind " + tag);
        }
    }

    private void add(int tag, int number, String text) {
        tags.add(tag);
        numbers.add(number);
        texts.add(text);
    }

    String text(int index) {
        return texts.get(index);
    }

    /** All classes that are mentioned, by their internal names. */
    List<String> classNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i) == CLASS) {
                names.add(text(numbers.get(i)));
            }
        }
        return names;
    }

    /** Whether the constant at {@code index} is the field {@code name} of the class {@code owner}. */
    boolean isField(int index, String owner, String name) {
        if (tags.get(index) != FIELD) {
            return false;
        }
        int ownerClass = numbers.get(index) >>> 16;
        int nameAndType = numbers.get(index) & 0xFFFF;
        return text(numbers.get(ownerClass)).equals(owner)
                && text(numbers.get(nameAndType) >>> 16).equals(name);
    }
}
