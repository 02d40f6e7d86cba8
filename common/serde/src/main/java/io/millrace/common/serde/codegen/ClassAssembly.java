package io.millrace.common.serde.codegen;

import io.millrace.common.serde.codegen.CompositeShape.Slot;
import java.lang.reflect.Method;
import java.util.Objects;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The frame of a generated class: it extends a contract of {@code io.millrace.api.types}, takes an array of parts of
 * the same contract and keeps each in a final field of its own, so that the calls to it see one class only.
 */
final class ClassAssembly {
    private static final int SLOT_PARTS = 1;

    private final ClassWriter writer = new FrameWriter();
    private final Type contract;
    private final int parts;

    /** Name of the generated class; of its own package, as a hidden class has to be. */
    final String name;

    final String ownerName;

    ClassAssembly(CompositeShape shape, String suffix, Class<?> contract, int parts) {
        this.contract = Type.getType(contract);
        this.parts = parts;
        this.ownerName = Type.getInternalName(shape.owner());
        this.name = ownerName + suffix;
        writer.visit(
                Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, name, null, this.contract.getInternalName(), null);
        constructor();
    }

    byte[] finish() {
        writer.visitEnd();
        return writer.toByteArray();
    }

    MethodVisitor method(String methodName, Type returned, Type... parameters) {
        MethodVisitor code = writer.visitMethod(
                Opcodes.ACC_PUBLIC, methodName, Type.getMethodDescriptor(returned, parameters), null, null);
        code.visitCode();
        return code;
    }

    static void end(MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    String partArrayDescriptor() {
        return "[" + contract.getDescriptor();
    }

    /** Pushes the part with this number. */
    void part(MethodVisitor code, int part) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, name, "part" + part, contract.getDescriptor());
    }

    /** Replaces the owner on the stack by the value of its field, as the field is declared. */
    void get(MethodVisitor code, Slot slot) {
        Type type = Type.getType(slot.field().field().getType());
        Method getter = slot.field().getter();
        if (getter == null) {
            code.visitFieldInsn(Opcodes.GETFIELD, ownerName, slot.field().name(), type.getDescriptor());
        } else {
            call(code, ownerName, getter.getName(), type);
        }
    }

    /** Sets the field of the owner on the stack to the value above it; both are gone afterwards. */
    void put(MethodVisitor code, Slot slot) {
        Type type = Type.getType(slot.field().field().getType());
        if (slot.field().getter() == null) {
            code.visitFieldInsn(Opcodes.PUTFIELD, ownerName, slot.field().name(), type.getDescriptor());
            return;
        }
        Method setter = Objects.requireNonNull(slot.field().setter());
        Type returned = Type.getType(setter.getReturnType());
        call(code, ownerName, setter.getName(), returned, type);
        if (returned.getSize() > 0) {
            code.visitInsn(returned.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
        }
    }

    /** Casts the object on the stack to what {@code type} declares. */
    static void cast(MethodVisitor code, Class<?> type) {
        if (type != Object.class) {
            code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(type));
        }
    }

    static void call(MethodVisitor code, String owner, String method, Type returned, Type... parameters) {
        String descriptor = Type.getMethodDescriptor(returned, parameters);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, method, descriptor, false);
    }

    static void callStatic(MethodVisitor code, Class<?> owner, String method, Type returned, Type... parameters) {
        String descriptor = Type.getMethodDescriptor(returned, parameters);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(owner), method, descriptor, false);
    }

    /** Turns the object on the stack into the primitive or string that {@code scalar} is about. */
    static void unbox(MethodVisitor code, Scalar scalar, Class<?> declared) {
        if (!Type.getInternalName(declared).equals(scalar.boxName())) {
            code.visitTypeInsn(Opcodes.CHECKCAST, scalar.boxName());
        }
        if (scalar != Scalar.STRING) {
            call(code, scalar.boxName(), scalar.unboxMethod(), scalar.plain());
        }
    }

    static void box(MethodVisitor code, Scalar scalar) {
        if (scalar != Scalar.STRING) {
            String descriptor = Type.getMethodDescriptor(Type.getObjectType(scalar.boxName()), scalar.plain());
            code.visitMethodInsn(Opcodes.INVOKESTATIC, scalar.boxName(), "valueOf", descriptor, false);
        }
    }

    static void pushInt(MethodVisitor code, int value) {
        if (value >= -1 && value <= 5) {
            code.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
            code.visitIntInsn(Opcodes.BIPUSH, value);
        } else {
            code.visitLdcInsn(value);
        }
    }

    private void constructor() {
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "parts", partArrayDescriptor(), null, null);
        for (int i = 0; i < parts; i++) {
            writer.visitField(
                    Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "part" + i, contract.getDescriptor(), null, null);
        }
        MethodVisitor code = method("<init>", Type.VOID_TYPE, Type.getType(partArrayDescriptor()));
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, contract.getInternalName(), "<init>", "()V", false);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, SLOT_PARTS);
        code.visitFieldInsn(Opcodes.PUTFIELD, name, "parts", partArrayDescriptor());
        for (int i = 0; i < parts; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(Opcodes.ALOAD, SLOT_PARTS);
            pushInt(code, i);
            code.visitInsn(Opcodes.AALOAD);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, "part" + i, contract.getDescriptor());
        }
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    /**
     * Never loads a user's class to compute a frame: where paths meet, the types on them are the same or plain objects.
     */
    private static final class FrameWriter extends ClassWriter {
        FrameWriter() {
            super(ClassWriter.COMPUTE_FRAMES);
        }

        @Override
        protected String getCommonSuperClass(String first, String second) {
            return "java/lang/Object";
        }
    }
}
