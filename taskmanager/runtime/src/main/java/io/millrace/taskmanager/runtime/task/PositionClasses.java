package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.concurrent.Shared;
import io.millrace.common.core.error.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives every position of every chain in a TaskManager an operator class of its own. The JVM compiles a call well that
 * meets one or two classes and badly one that meets many, and it counts per class and call: were all maps of all jobs
 * instances of one class, its call of the user's function would meet them all. So the first position that needs a class
 * has the class itself, and later ones have hidden classes of the same bytecode, which go when nobody uses them.
 *
 * <p>Any thread: chains are built by workers.
 */
public final class PositionClasses {
    private final int most;
    private final Shared<Usage> usage = new Shared<>(new Usage(Set.of(), 0));

    /** The classes that a position has had itself, and how many hidden ones there are. */
    private record Usage(Set<Class<?>> taken, int hidden) {

        Usage with(Class<?> leaf) {
            Set<Class<?>> more = new HashSet<>(taken);
            more.add(leaf);
            return new Usage(Set.copyOf(more), hidden);
        }

        Usage withHidden(int difference) {
            return new Usage(taken, hidden + difference);
        }
    }

    /** @param most hidden classes at a time; beyond, positions share the class itself */
    public PositionClasses(int most) {
        this.most = most;
    }

    /**
     * Makes the object of one position.
     *
     * @param contract what it is used as; the object may not be a {@code leaf}
     * @param leaf a class with one constructor, without inner classes and lambdas
     * @param releases takes what is to run when the position is gone
     * @param arguments of the constructor
     */
    public <T> T create(
            Class<T> contract, Class<? extends T> leaf, List<Runnable> releases, @Nullable Object... arguments) {
        byte[] code = codeOf(leaf);
        Check.invariant(
                isSelfContained(leaf, code), "a copy of a class would be kept by its inner classes and lambdas");
        Class<?> own = isFirst(leaf) || !takeHidden(releases) ? leaf : hiddenCopy(leaf, code);
        Constructor<?>[] constructors = own.getDeclaredConstructors();
        Check.invariant(constructors.length == 1, "a class of its own needs one constructor");
        try {
            constructors[0].setAccessible(true);
            return contract.cast(constructors[0].newInstance(arguments));
        } catch (InvocationTargetException e) {
            throw unchecked(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a " + leaf.getName(), e);
        }
    }

    private boolean isFirst(Class<?> leaf) {
        return usage.change(before -> before.taken.contains(leaf) ? null : before.with(leaf));
    }

    private boolean takeHidden(List<Runnable> releases) {
        boolean taken = usage.change(before -> before.hidden >= most ? null : before.withHidden(1));
        if (taken) {
            releases.add(() -> usage.change(before -> before.withHidden(-1)));
        }
        return taken;
    }

    /**
     * Whether a copy has nothing that lives longer than itself. The class behind a lambda lives as long as its loader
     * and keeps the class that it is in.
     */
    private static boolean isSelfContained(Class<?> leaf, byte[] code) {
        boolean dynamicCalls = new String(code, StandardCharsets.ISO_8859_1).contains("BootstrapMethods");
        return leaf.getNestMembers().length == 1 && !dynamicCalls;
    }

    /** Hidden classes of now. */
    int hidden() {
        return usage.read().hidden;
    }

    private static byte[] codeOf(Class<?> leaf) {
        String file = leaf.getName().substring(leaf.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream code = leaf.getResourceAsStream(file)) {
            Check.invariant(code != null, "a class has its file beside it");
            return code.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Class<?> hiddenCopy(Class<?> leaf, byte[] code) {
        try {
            Lookup inside = MethodHandles.privateLookupIn(leaf, MethodHandles.lookup());
            return inside.defineHiddenClass(code, true).lookupClass();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot define a class beside " + leaf.getName(), e);
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }
}
