package io.millrace.common.serde.codegen;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IAND;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.IF_ACMPEQ;
import static org.objectweb.asm.Opcodes.IF_ACMPNE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.IOR;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.RETURN;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.serde.codegen.CompositeShape.Slot;
import java.util.Objects;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Writes the class of a serializer: null bits of the reference fields, eight a byte, then the fields in order. A value
 * without fields is a byte 0. A class that may have subclasses has a byte in front: 0 for itself, 1 for a subclass,
 * which the last part then writes.
 */
public final class SerializerCode {
    private static final Type OBJECT = Type.getType(Object.class);
    private static final Type WRITER = Type.getType(BinaryWriter.class);
    private static final Type READER = Type.getType(BinaryReader.class);
    private static final Type SERIALIZER = Type.getType(TypeSerializer.class);

    private static final int VALUE = 1;
    private static final int IN = 1;
    private static final int OUT = 2;
    private static final int FIRST_LOCAL = 3;

    private final CompositeShape shape;
    private final ClassAssembly assembly;
    private final int subclassPart;
    private final int parts;

    private SerializerCode(CompositeShape shape) {
        this.shape = shape;
        this.subclassPart = shape.parts().size();
        this.parts = subclassPart + (shape.isOpen() ? 1 : 0);
        this.assembly = new ClassAssembly(shape, "$Serializer", TypeSerializer.class, parts);
    }

    /**
     * The bytes of a class to be defined beside the class of {@code shape}; its constructor takes an array of
     * serializers.
     */
    public static byte[] write(CompositeShape shape) {
        SerializerCode code = new SerializerCode(shape);
        code.isImmutableType();
        code.serialize();
        code.deserialize();
        code.copy();
        if (code.parts > 0) {
            code.duplicate();
        }
        return code.assembly.finish();
    }

    private void isImmutableType() {
        MethodVisitor code = assembly.method("isImmutableType", Type.BOOLEAN_TYPE);
        ClassAssembly.pushInt(code, shape.type().isImmutableType() ? 1 : 0);
        code.visitInsn(IRETURN);
        ClassAssembly.end(code);
    }

    private void serialize() {
        MethodVisitor code = assembly.method("serialize", Type.VOID_TYPE, OBJECT, WRITER);
        castValue(code);
        if (shape.isOpen()) {
            Label exact = new Label();
            jumpIfExact(code, exact);
            writeByte(code, 1);
            assembly.part(code, subclassPart);
            code.visitVarInsn(ALOAD, VALUE);
            code.visitVarInsn(ALOAD, OUT);
            ClassAssembly.call(code, SERIALIZER.getInternalName(), "serialize", Type.VOID_TYPE, OBJECT, WRITER);
            code.visitInsn(RETURN);
            code.visitLabel(exact);
            writeByte(code, 0);
        } else if (shape.slots().isEmpty()) {
            writeByte(code, 0);
        }
        LocalSlots locals = loadNullables(code);
        writeNullBits(code, locals);
        for (Slot slot : shape.slots()) {
            if (slot.isPrimitive()) {
                Scalar scalar = Objects.requireNonNull(slot.scalar());
                code.visitVarInsn(ALOAD, OUT);
                code.visitVarInsn(ALOAD, VALUE);
                assembly.get(code, slot);
                ClassAssembly.call(
                        code, WRITER.getInternalName(), "write" + scalar.suffix, Type.VOID_TYPE, scalar.written());
            } else {
                writeReference(code, slot, locals.of(slot));
            }
        }
        code.visitInsn(RETURN);
        ClassAssembly.end(code);
    }

    private void writeReference(MethodVisitor code, Slot slot, int local) {
        Label absent = new Label();
        code.visitVarInsn(ALOAD, local);
        code.visitJumpInsn(IFNULL, absent);
        Scalar scalar = slot.scalar();
        if (scalar != null) {
            code.visitVarInsn(ALOAD, OUT);
            code.visitVarInsn(ALOAD, local);
            ClassAssembly.unbox(code, scalar, slot.field().field().getType());
            ClassAssembly.call(
                    code, WRITER.getInternalName(), "write" + scalar.suffix, Type.VOID_TYPE, scalar.written());
        } else {
            assembly.part(code, slot.part());
            code.visitVarInsn(ALOAD, local);
            code.visitVarInsn(ALOAD, OUT);
            ClassAssembly.call(code, SERIALIZER.getInternalName(), "serialize", Type.VOID_TYPE, OBJECT, WRITER);
        }
        code.visitLabel(absent);
    }

    private void writeNullBits(MethodVisitor code, LocalSlots locals) {
        for (int nullByte = 0; nullByte < shape.nullBytes(); nullByte++) {
            int bits = locals.take(Type.INT_TYPE);
            ClassAssembly.pushInt(code, 0);
            code.visitVarInsn(ISTORE, bits);
            for (Slot slot : shape.nullableSlots(nullByte)) {
                Label present = new Label();
                code.visitVarInsn(ALOAD, locals.of(slot));
                code.visitJumpInsn(IFNONNULL, present);
                code.visitVarInsn(ILOAD, bits);
                ClassAssembly.pushInt(code, 1 << slot.nullBit() % 8);
                code.visitInsn(IOR);
                code.visitVarInsn(ISTORE, bits);
                code.visitLabel(present);
            }
            code.visitVarInsn(ALOAD, OUT);
            code.visitVarInsn(ILOAD, bits);
            ClassAssembly.call(code, WRITER.getInternalName(), "writeByte", Type.VOID_TYPE, Type.INT_TYPE);
        }
    }

    private void deserialize() {
        MethodVisitor code = assembly.method("deserialize", OBJECT, READER);
        if (shape.isOpen()) {
            Label exact = new Label();
            readByte(code);
            code.visitJumpInsn(IFEQ, exact);
            assembly.part(code, subclassPart);
            code.visitVarInsn(ALOAD, IN);
            ClassAssembly.call(code, SERIALIZER.getInternalName(), "deserialize", OBJECT, READER);
            code.visitInsn(ARETURN);
            code.visitLabel(exact);
        } else if (shape.slots().isEmpty()) {
            readByte(code);
            code.visitInsn(org.objectweb.asm.Opcodes.POP);
        }
        LocalSlots locals = new LocalSlots(FIRST_LOCAL);
        int firstBits = -1;
        for (int i = 0; i < shape.nullBytes(); i++) {
            int bits = locals.take(Type.INT_TYPE);
            firstBits = i == 0 ? bits : firstBits;
            readByte(code);
            code.visitVarInsn(ISTORE, bits);
        }
        for (Slot slot : shape.slots()) {
            if (slot.isPrimitive()) {
                Scalar scalar = Objects.requireNonNull(slot.scalar());
                code.visitVarInsn(ALOAD, IN);
                ClassAssembly.call(code, READER.getInternalName(), "read" + scalar.suffix, scalar.plain());
            } else {
                readReference(code, slot, firstBits + slot.nullBit() / 8);
            }
            Type type = Type.getType(slot.field().field().getType());
            code.visitVarInsn(type.getOpcode(ISTORE), locals.take(slot, type));
        }
        construct(code, locals);
        code.visitInsn(ARETURN);
        ClassAssembly.end(code);
    }

    /** Leaves the value on the stack, or null. */
    private void readReference(MethodVisitor code, Slot slot, int bits) {
        Label absent = new Label();
        Label end = new Label();
        code.visitVarInsn(ILOAD, bits);
        ClassAssembly.pushInt(code, 1 << slot.nullBit() % 8);
        code.visitInsn(IAND);
        code.visitJumpInsn(IFNE, absent);
        Scalar scalar = slot.scalar();
        if (scalar != null) {
            code.visitVarInsn(ALOAD, IN);
            ClassAssembly.call(code, READER.getInternalName(), "read" + scalar.suffix, scalar.plain());
            ClassAssembly.box(code, scalar);
        } else {
            assembly.part(code, slot.part());
            code.visitVarInsn(ALOAD, IN);
            ClassAssembly.call(code, SERIALIZER.getInternalName(), "deserialize", OBJECT, READER);
            ClassAssembly.cast(code, slot.field().field().getType());
        }
        code.visitJumpInsn(GOTO, end);
        code.visitLabel(absent);
        code.visitInsn(ACONST_NULL);
        code.visitLabel(end);
    }

    private void copy() {
        MethodVisitor code = assembly.method("copy", OBJECT, OBJECT);
        if (shape.type().isImmutableType()) {
            code.visitVarInsn(ALOAD, VALUE);
            code.visitInsn(ARETURN);
            ClassAssembly.end(code);
            return;
        }
        castValue(code);
        if (shape.isOpen()) {
            Label exact = new Label();
            jumpIfExact(code, exact);
            assembly.part(code, subclassPart);
            code.visitVarInsn(ALOAD, VALUE);
            ClassAssembly.call(code, SERIALIZER.getInternalName(), "copy", OBJECT, OBJECT);
            code.visitInsn(ARETURN);
            code.visitLabel(exact);
        }
        LocalSlots locals = new LocalSlots(FIRST_LOCAL);
        for (Slot slot : shape.slots()) {
            Type type = Type.getType(slot.field().field().getType());
            int local = locals.take(slot, type);
            code.visitVarInsn(ALOAD, VALUE);
            assembly.get(code, slot);
            code.visitVarInsn(type.getOpcode(ISTORE), local);
            if (!slot.isShared()) {
                copyPart(code, slot, local);
            }
        }
        construct(code, locals);
        code.visitInsn(ARETURN);
        ClassAssembly.end(code);
    }

    private void copyPart(MethodVisitor code, Slot slot, int local) {
        Label absent = new Label();
        code.visitVarInsn(ALOAD, local);
        code.visitJumpInsn(IFNULL, absent);
        assembly.part(code, slot.part());
        code.visitVarInsn(ALOAD, local);
        ClassAssembly.call(code, SERIALIZER.getInternalName(), "copy", OBJECT, OBJECT);
        ClassAssembly.cast(code, slot.field().field().getType());
        code.visitVarInsn(ASTORE, local);
        code.visitLabel(absent);
    }

    /** Leaves a new owner on the stack, made of the values in {@code locals}. */
    private void construct(MethodVisitor code, LocalSlots locals) {
        code.visitTypeInsn(NEW, assembly.ownerName);
        code.visitInsn(DUP);
        StringBuilder parameters = new StringBuilder("(");
        if (shape.isRecord()) {
            for (Slot slot : shape.slots()) {
                Type type = Type.getType(slot.field().field().getType());
                code.visitVarInsn(type.getOpcode(ILOAD), locals.of(slot));
                parameters.append(type.getDescriptor());
            }
        }
        code.visitMethodInsn(INVOKESPECIAL, assembly.ownerName, "<init>", parameters + ")V", false);
        if (!shape.isRecord()) {
            for (Slot slot : shape.slots()) {
                Type type = Type.getType(slot.field().field().getType());
                code.visitInsn(DUP);
                code.visitVarInsn(type.getOpcode(ILOAD), locals.of(slot));
                assembly.put(code, slot);
            }
        }
    }

    private void duplicate() {
        MethodVisitor code = assembly.method("duplicate", SERIALIZER);
        Type array = Type.getType(assembly.partArrayDescriptor());
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, assembly.name, "parts", array.getDescriptor());
        ClassAssembly.callStatic(code, TypeSerializer.class, "duplicates", array, array);
        code.visitVarInsn(ASTORE, 1);
        Label stateful = new Label();
        code.visitVarInsn(ALOAD, 1);
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, assembly.name, "parts", array.getDescriptor());
        code.visitJumpInsn(IF_ACMPNE, stateful);
        code.visitVarInsn(ALOAD, 0);
        code.visitInsn(ARETURN);
        code.visitLabel(stateful);
        code.visitTypeInsn(NEW, assembly.name);
        code.visitInsn(DUP);
        code.visitVarInsn(ALOAD, 1);
        code.visitMethodInsn(INVOKESPECIAL, assembly.name, "<init>", "(" + array.getDescriptor() + ")V", false);
        code.visitInsn(ARETURN);
        ClassAssembly.end(code);
    }

    private void castValue(MethodVisitor code) {
        code.visitVarInsn(ALOAD, VALUE);
        ClassAssembly.cast(code, shape.owner());
        code.visitVarInsn(ASTORE, VALUE);
    }

    private void jumpIfExact(MethodVisitor code, Label exact) {
        code.visitVarInsn(ALOAD, VALUE);
        ClassAssembly.call(code, OBJECT.getInternalName(), "getClass", Type.getType(Class.class));
        code.visitLdcInsn(Type.getType(shape.owner()));
        code.visitJumpInsn(IF_ACMPEQ, exact);
    }

    private LocalSlots loadNullables(MethodVisitor code) {
        LocalSlots locals = new LocalSlots(FIRST_LOCAL);
        for (Slot slot : shape.slots()) {
            if (!slot.isPrimitive()) {
                code.visitVarInsn(ALOAD, VALUE);
                assembly.get(code, slot);
                code.visitVarInsn(ASTORE, locals.take(slot, OBJECT));
            }
        }
        return locals;
    }

    private static void writeByte(MethodVisitor code, int value) {
        code.visitVarInsn(ALOAD, OUT);
        ClassAssembly.pushInt(code, value);
        ClassAssembly.call(code, WRITER.getInternalName(), "writeByte", Type.VOID_TYPE, Type.INT_TYPE);
    }

    private static void readByte(MethodVisitor code) {
        code.visitVarInsn(ALOAD, IN);
        ClassAssembly.call(code, READER.getInternalName(), "readByte", Type.BYTE_TYPE);
    }
}
