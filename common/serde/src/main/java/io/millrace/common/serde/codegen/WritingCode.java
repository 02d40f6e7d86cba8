package io.millrace.common.serde.codegen;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.IOR;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.RETURN;

import io.millrace.api.types.BinaryWriter;
import io.millrace.common.serde.codegen.CompositeShape.Slot;
import java.util.Objects;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Writes the method that appends a value to a {@link BinaryWriter}. */
final class WritingCode {
    private static final Type WRITER = Type.getType(BinaryWriter.class);
    private static final int VALUE = 1;
    private static final int OUT = 2;
    private static final int FIRST_LOCAL = 3;

    private final CompositeShape shape;
    private final ClassAssembly assembly;

    WritingCode(CompositeShape shape, ClassAssembly assembly) {
        this.shape = shape;
        this.assembly = assembly;
    }

    void serialize() {
        MethodVisitor code = assembly.method("serialize", Type.VOID_TYPE, SerializerCode.OBJECT, WRITER);
        SerializerCode.castToOwner(code, shape, VALUE);
        if (shape.isOpen()) {
            Label exact = new Label();
            SerializerCode.jumpIfExact(code, shape, VALUE, exact);
            writeByte(code, 1);
            assembly.part(code, shape.parts().size());
            code.visitVarInsn(ALOAD, VALUE);
            code.visitVarInsn(ALOAD, OUT);
            ClassAssembly.call(
                    code,
                    SerializerCode.SERIALIZER.getInternalName(),
                    "serialize",
                    Type.VOID_TYPE,
                    SerializerCode.OBJECT,
                    WRITER);
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
            ClassAssembly.call(
                    code,
                    SerializerCode.SERIALIZER.getInternalName(),
                    "serialize",
                    Type.VOID_TYPE,
                    SerializerCode.OBJECT,
                    WRITER);
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

    private LocalSlots loadNullables(MethodVisitor code) {
        LocalSlots locals = new LocalSlots(FIRST_LOCAL);
        for (Slot slot : shape.slots()) {
            if (!slot.isPrimitive()) {
                code.visitVarInsn(ALOAD, VALUE);
                assembly.get(code, slot);
                code.visitVarInsn(ASTORE, locals.take(slot, SerializerCode.OBJECT));
            }
        }
        return locals;
    }

    private static void writeByte(MethodVisitor code, int value) {
        code.visitVarInsn(ALOAD, OUT);
        ClassAssembly.pushInt(code, value);
        ClassAssembly.call(code, WRITER.getInternalName(), "writeByte", Type.VOID_TYPE, Type.INT_TYPE);
    }
}
