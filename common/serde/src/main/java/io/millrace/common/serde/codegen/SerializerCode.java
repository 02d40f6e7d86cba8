package io.millrace.common.serde.codegen;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.IF_ACMPEQ;
import static org.objectweb.asm.Opcodes.IF_ACMPNE;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.NEW;

import io.millrace.api.types.TypeSerializer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Writes the class of a serializer: null bits of the reference fields, eight a byte, then the fields in order. A value
 * without fields is a byte 0. A class that may have subclasses has a byte in front: 0 for itself, 1 for a subclass,
 * which the last part then writes.
 */
public final class SerializerCode {
    static final Type OBJECT = Type.getType(Object.class);
    static final Type SERIALIZER = Type.getType(TypeSerializer.class);

    private final CompositeShape shape;
    private final ClassAssembly assembly;

    private SerializerCode(CompositeShape shape, ClassAssembly assembly) {
        this.shape = shape;
        this.assembly = assembly;
    }

    /**
     * The bytes of a class to be defined beside the class of {@code shape}; its constructor takes an array of
     * serializers.
     */
    public static byte[] write(CompositeShape shape) {
        int parts = shape.parts().size() + (shape.isOpen() ? 1 : 0);
        ClassAssembly assembly = new ClassAssembly(shape, "$Serializer", TypeSerializer.class, parts);
        SerializerCode code = new SerializerCode(shape, assembly);
        code.isImmutableType();
        if (parts > 0) {
            code.duplicate();
        }
        new WritingCode(shape, assembly).serialize();
        ReadingCode reading = new ReadingCode(shape, assembly);
        reading.deserialize();
        reading.copy();
        return assembly.finish();
    }

    /** Casts the parameter with this number to the owner. */
    static void castToOwner(MethodVisitor code, CompositeShape shape, int local) {
        code.visitVarInsn(ALOAD, local);
        ClassAssembly.cast(code, shape.owner());
        code.visitVarInsn(ASTORE, local);
    }

    /** Jumps if the parameter with this number is of the owner's class and not of a subclass. */
    static void jumpIfExact(MethodVisitor code, CompositeShape shape, int local, Label exact) {
        code.visitVarInsn(ALOAD, local);
        ClassAssembly.call(code, OBJECT.getInternalName(), "getClass", Type.getType(Class.class));
        code.visitLdcInsn(Type.getType(shape.owner()));
        code.visitJumpInsn(IF_ACMPEQ, exact);
    }

    private void isImmutableType() {
        MethodVisitor code = assembly.method("isImmutableType", Type.BOOLEAN_TYPE);
        ClassAssembly.pushInt(code, shape.type().isImmutableType() ? 1 : 0);
        code.visitInsn(IRETURN);
        ClassAssembly.end(code);
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
}
