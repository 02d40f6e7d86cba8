package io.millrace.common.serde.codegen;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IAND;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.POP;

import io.millrace.api.types.BinaryReader;
import io.millrace.common.serde.codegen.CompositeShape.Slot;
import java.util.Objects;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Writes the methods that make a new value: from bytes, and from another value. */
final class ReadingCode {
    private static final Type READER = Type.getType(BinaryReader.class);
    private static final int VALUE = 1;
    private static final int IN = 1;
    private static final int FIRST_LOCAL = 2;

    private final CompositeShape shape;
    private final ClassAssembly assembly;

    ReadingCode(CompositeShape shape, ClassAssembly assembly) {
        this.shape = shape;
        this.assembly = assembly;
    }

    void deserialize() {
        MethodVisitor code = assembly.method("deserialize", SerializerCode.OBJECT, READER);
        if (shape.isOpen()) {
            Label exact = new Label();
            readByte(code);
            code.visitJumpInsn(IFEQ, exact);
            assembly.part(code, shape.parts().size());
            code.visitVarInsn(ALOAD, IN);
            ClassAssembly.call(
                    code, SerializerCode.SERIALIZER.getInternalName(), "deserialize", SerializerCode.OBJECT, READER);
            code.visitInsn(ARETURN);
            code.visitLabel(exact);
        } else if (shape.slots().isEmpty()) {
            readByte(code);
            code.visitInsn(POP);
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
            ClassAssembly.call(
                    code, SerializerCode.SERIALIZER.getInternalName(), "deserialize", SerializerCode.OBJECT, READER);
            ClassAssembly.cast(code, slot.field().field().getType());
        }
        code.visitJumpInsn(GOTO, end);
        code.visitLabel(absent);
        code.visitInsn(ACONST_NULL);
        code.visitLabel(end);
    }

    void copy() {
        MethodVisitor code = assembly.method("copy", SerializerCode.OBJECT, SerializerCode.OBJECT);
        if (shape.type().isImmutableType()) {
            code.visitVarInsn(ALOAD, VALUE);
            code.visitInsn(ARETURN);
            ClassAssembly.end(code);
            return;
        }
        SerializerCode.castToOwner(code, shape, VALUE);
        if (shape.isOpen()) {
            Label exact = new Label();
            SerializerCode.jumpIfExact(code, shape, VALUE, exact);
            assembly.part(code, shape.parts().size());
            code.visitVarInsn(ALOAD, VALUE);
            ClassAssembly.call(
                    code,
                    SerializerCode.SERIALIZER.getInternalName(),
                    "copy",
                    SerializerCode.OBJECT,
                    SerializerCode.OBJECT);
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
        ClassAssembly.call(
                code,
                SerializerCode.SERIALIZER.getInternalName(),
                "copy",
                SerializerCode.OBJECT,
                SerializerCode.OBJECT);
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

    private static void readByte(MethodVisitor code) {
        code.visitVarInsn(ALOAD, IN);
        ClassAssembly.call(code, READER.getInternalName(), "readByte", Type.BYTE_TYPE);
    }
}
