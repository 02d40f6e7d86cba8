package io.millrace.common.serde.codegen;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Defines generated classes. A hidden class belongs to the loader and the nest of its host, is known to nobody by name
 * and is gone when nothing refers to it any more.
 *
 * <p>Only code in the module of the host may define it, and the classes of a job are in a module of their own: the
 * unnamed one of their loader. So a door is put beside the host first, an ordinary class with one method that hands out
 * its own rights.
 */
public final class HiddenClasses {
    private static final String DOOR_SUFFIX = "$MillraceDoor";
    private static final String DOOR_METHOD = "lookup";
    private static final MethodType DOOR_TYPE = MethodType.methodType(Lookup.class);

    private HiddenClasses() {}

    /**
     * Defines a class beside {@code host} that may touch the private members of its nest.
     *
     * @return its only constructor, which takes an array of {@code partClass} and returns a {@code partClass}
     * @throws IllegalAccessException if the module of {@code host} is not open to this one
     */
    public static MethodHandle define(Class<?> host, byte[] code, Class<?> partClass) throws IllegalAccessException {
        Lookup inNest = inside(host).defineHiddenClass(code, true, Lookup.ClassOption.NESTMATE);
        MethodType type = MethodType.methodType(void.class, partClass.arrayType());
        try {
            return inNest.findConstructor(inNest.lookupClass(), type)
                    .asType(MethodType.methodType(partClass, partClass.arrayType()));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A generated class lacks its constructor", e);
        }
    }

    /** All rights of {@code host}. */
    private static Lookup inside(Class<?> host) throws IllegalAccessException {
        Lookup own = MethodHandles.lookup();
        Lookup visiting = MethodHandles.privateLookupIn(host, own);
        if (visiting.hasFullPrivilegeAccess()) {
            return visiting;
        }
        try {
            Lookup door = (Lookup)
                    visiting.findStatic(door(visiting), DOOR_METHOD, DOOR_TYPE).invoke();
            return MethodHandles.privateLookupIn(host, door);
        } catch (IllegalAccessException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The door beside " + host.getName() + " cannot be used", e);
        }
    }

    /** The door beside the class that {@code visiting} is about; it exists already if another factory has been here. */
    private static Class<?> door(Lookup visiting) throws IllegalAccessException, ClassNotFoundException {
        Class<?> host = visiting.lookupClass();
        String name = host.getName() + DOOR_SUFFIX;
        try {
            return visiting.defineClass(doorCode(name.replace('.', '/')));
        } catch (LinkageError e) {
            Class<?> existing = Class.forName(name, false, host.getClassLoader());
            if (existing.getClassLoader() != host.getClassLoader()) {
                throw e;
            }
            return existing;
        }
    }

    private static byte[] doorCode(String name) {
        Type lookup = Type.getType(Lookup.class);
        String descriptor = Type.getMethodDescriptor(lookup);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        int flags = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        writer.visit(Opcodes.V17, flags, name, null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, DOOR_METHOD, descriptor, null, null);
        code.visitCode();
        ClassAssembly.callStatic(code, MethodHandles.class, "lookup", lookup);
        code.visitInsn(Opcodes.ARETURN);
        ClassAssembly.end(code);
        writer.visitEnd();
        return writer.toByteArray();
    }
}
