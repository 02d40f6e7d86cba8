package io.millrace.common.serde.codegen;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.IF_ICMPNE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.LCMP;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import io.millrace.common.serde.codegen.CompositeShape.Slot;
import java.util.Objects;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Writes the class of a key hasher: the hashes of the fields combined in order, and equality field by field. */
public final class HasherCode {
    private static final Type OBJECT = Type.getType(Object.class);
    private static final Type HASHER = Type.getType(KeyHasher.class);

    private static final int KEY = 1;
    private static final int OTHER = 2;
    private static final int HASH = 3;
    private static final int LEFT = 4;
    private static final int RIGHT = 5;

    private final CompositeShape shape;
    private final ClassAssembly assembly;

    private HasherCode(CompositeShape shape) {
        this.shape = shape;
        this.assembly = new ClassAssembly(
                shape, "$Hasher", KeyHasher.class, shape.parts().size());
    }

    /**
     * The bytes of a class to be defined beside the class of {@code shape}; its constructor takes an array of hashers.
     */
    public static byte[] write(CompositeShape shape) {
        HasherCode code = new HasherCode(shape);
        code.hash();
        code.equal();
        return code.assembly.finish();
    }

    private void hash() {
        MethodVisitor code = assembly.method("hash", Type.INT_TYPE, OBJECT);
        castTo(code, KEY);
        ClassAssembly.pushInt(code, shape.slots().size());
        code.visitVarInsn(ISTORE, HASH);
        for (Slot slot : shape.slots()) {
            code.visitVarInsn(ILOAD, HASH);
            code.visitVarInsn(ALOAD, KEY);
            assembly.get(code, slot);
            if (slot.isPrimitive()) {
                hashScalar(code, Objects.requireNonNull(slot.scalar()));
            } else {
                hashReference(code, slot);
            }
            ClassAssembly.callStatic(code, KeyHash.class, "combine", Type.INT_TYPE, Type.INT_TYPE, Type.INT_TYPE);
            code.visitVarInsn(ISTORE, HASH);
        }
        code.visitVarInsn(ILOAD, HASH);
        code.visitInsn(IRETURN);
        ClassAssembly.end(code);
    }

    /** Replaces the reference on the stack by its hash. */
    private void hashReference(MethodVisitor code, Slot slot) {
        Label present = new Label();
        Label end = new Label();
        code.visitVarInsn(ASTORE, LEFT);
        code.visitVarInsn(ALOAD, LEFT);
        code.visitJumpInsn(IFNONNULL, present);
        code.visitLdcInsn(KeyHash.OF_NULL);
        code.visitJumpInsn(GOTO, end);
        code.visitLabel(present);
        Scalar scalar = slot.scalar();
        if (scalar != null) {
            code.visitVarInsn(ALOAD, LEFT);
            ClassAssembly.unbox(code, scalar, slot.field().field().getType());
            hashScalar(code, scalar);
        } else {
            assembly.part(code, slot.part());
            code.visitVarInsn(ALOAD, LEFT);
            ClassAssembly.call(code, HASHER.getInternalName(), "hash", Type.INT_TYPE, OBJECT);
        }
        code.visitLabel(end);
    }

    private static void hashScalar(MethodVisitor code, Scalar scalar) {
        ClassAssembly.callStatic(code, KeyHash.class, scalar.hashMethod(), Type.INT_TYPE, scalar.written());
    }

    private void equal() {
        MethodVisitor code = assembly.method("equal", Type.BOOLEAN_TYPE, OBJECT, OBJECT);
        castTo(code, KEY);
        castTo(code, OTHER);
        Label differ = new Label();
        for (Slot slot : shape.slots()) {
            if (slot.isPrimitive()) {
                code.visitVarInsn(ALOAD, KEY);
                assembly.get(code, slot);
                code.visitVarInsn(ALOAD, OTHER);
                assembly.get(code, slot);
                jumpUnlessEqual(code, Objects.requireNonNull(slot.scalar()), differ);
            } else {
                compareReferences(code, slot, differ);
            }
        }
        ClassAssembly.pushInt(code, 1);
        code.visitInsn(IRETURN);
        code.visitLabel(differ);
        ClassAssembly.pushInt(code, 0);
        code.visitInsn(IRETURN);
        ClassAssembly.end(code);
    }

    private void compareReferences(MethodVisitor code, Slot slot, Label differ) {
        Label present = new Label();
        Label equal = new Label();
        code.visitVarInsn(ALOAD, KEY);
        assembly.get(code, slot);
        code.visitVarInsn(ASTORE, LEFT);
        code.visitVarInsn(ALOAD, OTHER);
        assembly.get(code, slot);
        code.visitVarInsn(ASTORE, RIGHT);
        code.visitVarInsn(ALOAD, LEFT);
        code.visitJumpInsn(IFNONNULL, present);
        code.visitVarInsn(ALOAD, RIGHT);
        code.visitJumpInsn(IFNONNULL, differ);
        code.visitJumpInsn(GOTO, equal);
        code.visitLabel(present);
        code.visitVarInsn(ALOAD, RIGHT);
        code.visitJumpInsn(IFNULL, differ);
        Scalar scalar = slot.scalar();
        if (scalar != null) {
            Class<?> declared = slot.field().field().getType();
            code.visitVarInsn(ALOAD, LEFT);
            ClassAssembly.unbox(code, scalar, declared);
            code.visitVarInsn(ALOAD, RIGHT);
            ClassAssembly.unbox(code, scalar, declared);
            jumpUnlessEqual(code, scalar, differ);
        } else {
            assembly.part(code, slot.part());
            code.visitVarInsn(ALOAD, LEFT);
            code.visitVarInsn(ALOAD, RIGHT);
            ClassAssembly.call(code, HASHER.getInternalName(), "equal", Type.BOOLEAN_TYPE, OBJECT, OBJECT);
            code.visitJumpInsn(IFEQ, differ);
        }
        code.visitLabel(equal);
    }

    private static void jumpUnlessEqual(MethodVisitor code, Scalar scalar, Label differ) {
        switch (scalar) {
            case STRING -> {
                ClassAssembly.call(code, scalar.boxName(), "equals", Type.BOOLEAN_TYPE, OBJECT);
                code.visitJumpInsn(IFEQ, differ);
            }
            case LONG -> {
                code.visitInsn(LCMP);
                code.visitJumpInsn(IFNE, differ);
            }
            case FLOAT, DOUBLE -> {
                ClassAssembly.callStatic(
                        code, KeyHash.class, "equal", Type.BOOLEAN_TYPE, scalar.plain(), scalar.plain());
                code.visitJumpInsn(IFEQ, differ);
            }
            case BOOLEAN, BYTE, SHORT, CHAR, INT -> code.visitJumpInsn(IF_ICMPNE, differ);
        }
    }

    private void castTo(MethodVisitor code, int local) {
        code.visitVarInsn(ALOAD, local);
        ClassAssembly.cast(code, shape.owner());
        code.visitVarInsn(ASTORE, local);
    }
}
