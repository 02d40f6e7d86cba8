package io.millrace.deploy.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Holds for classes with a synchronized block, read from the bytecode because ArchUnit does not model instructions. */
final class EnterMonitors extends ArchCondition<JavaClass> {
    EnterMonitors() {
        super("enter a monitor");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String where = firstMonitor(type);
        events.add(new SimpleConditionEvent(
                type,
                !where.isEmpty(),
                type.getName() + (where.isEmpty() ? " has no synchronized block" : " enters a monitor in " + where)));
    }

    private static String firstMonitor(JavaClass type) {
        StringBuilder found = new StringBuilder();
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            new ClassReader(bytes).accept(new MonitorFinder(found), ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the class file of " + type.getName(), e);
        }
        return found.toString();
    }

    private static final class MonitorFinder extends ClassVisitor {
        private final StringBuilder found;

        MonitorFinder(StringBuilder found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                private int line;

                @Override
                public void visitLineNumber(int number, Label start) {
                    line = number;
                }

                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER && found.length() == 0) {
                        found.append(name).append(", line ").append(line);
                    }
                }
            };
        }
    }
}
