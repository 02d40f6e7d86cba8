package io.millrace.api.plan.builder;

import io.millrace.api.ApiErrors;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.OperatorPlan;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.OpaqueBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes and reads what the JobManager carries without looking into it: user functions and types, in Java
 * serialization. Reading is for graphs that an authenticated submitter sent; limits on depth and size keep a damaged
 * one from taking the process down. Stateless.
 */
public final class PlanCodec {
    private static final ObjectInputFilter LIMITS = ObjectInputFilter.Config.createFilter(
            "maxdepth=1000;maxarray=1000000000;maxrefs=100000000;maxbytes=2000000000");

    private static final Map<String, Class<?>> PRIMITIVES = Stream.of(
                    boolean.class,
                    byte.class,
                    short.class,
                    char.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class,
                    void.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, type -> type));

    private PlanCodec() {}

    /**
     * @param location where the object comes from, for the error
     * @throws MillraceException {@code CLOSURE_NOT_SERIALIZABLE} with the path of the field that cannot be written
     */
    static OpaqueBytes write(Object plan, String location) {
        while (true) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
                try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                    out.writeObject(plan);
                }
                return new OpaqueBytes(bytes.toByteArray());
            } catch (IOException | RuntimeException | StackOverflowError e) {
                Optional<SerializationPath> path = SerializationPath.toUnserializable(plan);
                if (path.isEmpty() || !ClosureCleaner.dropUnusedOuter(path.get())) {
                    throw notSerializable(path, e, location);
                }
            }
        }
    }

    private static MillraceException notSerializable(
            Optional<SerializationPath> path, Throwable failure, String location) {
        String culprit = path.map(SerializationPath::render)
                .orElseGet(() -> failure instanceof NotSerializableException
                        ? String.valueOf(failure.getMessage())
                        : failure.toString());
        Problem problem = Problem.of(ApiErrors.CLOSURE_NOT_SERIALIZABLE, "A function cannot be serialized: " + culprit)
                .at(location);
        boolean outer = path.isPresent() && path.get().leavesThroughOuter();
        return (outer ? dragsItsOuterObject(problem) : holdsWhatCannotTravel(problem)).asException(failure);
    }

    private static Problem dragsItsOuterObject(Problem problem) {
        return problem.because("the function uses the object it was written in, which is then sent along with it")
                .fix("Make the function a static nested class, or a lambda that uses local variables only");
    }

    private static Problem holdsWhatCannotTravel(Problem problem) {
        return problem.because("functions are sent to the TaskManagers with everything that they hold")
                .fix("Create the object in open() of a rich function, mark the field transient, or make its class"
                        + " Serializable");
    }

    /**
     * Reads the payload of an operator node.
     *
     * @throws MillraceException {@code CLOSURE_NOT_READABLE} if a class is missing or differs, or the bytes are damaged
     */
    public static OperatorPlan readOperator(byte[] payload, ClassLoader loader) {
        return read(payload, loader, OperatorPlan.class);
    }

    /**
     * Reads the payload of an edge.
     *
     * @throws MillraceException {@code CLOSURE_NOT_READABLE} if a class is missing or differs, or the bytes are damaged
     */
    public static ExchangeSpec<?, ?> readExchange(byte[] payload, ClassLoader loader) {
        return read(payload, loader, ExchangeSpec.class);
    }

    private static <T> T read(byte[] payload, ClassLoader loader, Class<T> expected) {
        List<String> missing = new ArrayList<>();
        try (ObjectInputStream in = new LoaderInputStream(new ByteArrayInputStream(payload), loader, missing)) {
            in.setObjectInputFilter(LIMITS);
            return expected.cast(in.readObject());
        } catch (NoClassDefFoundError e) {
            throw classMissing(String.valueOf(e.getMessage()).replace('/', '.'), e);
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            // A class missing inside a lambda comes out as some other exception.
            if (!missing.isEmpty()) {
                throw classMissing(missing.get(0), e);
            }
            if (e instanceof InvalidClassException) {
                throw notReadable("a class is not the one it was written with: " + e.getMessage())
                        .fix("Run the program with the same jars and versions that the job is submitted with")
                        .asException(e);
            }
            throw notReadable(e.toString())
                    .fix("Submit the job again; client and cluster must be of the same version")
                    .asException(e);
        }
    }

    private static MillraceException classMissing(String name, Throwable failure) {
        return notReadable("it needs the class " + name + ", which is not among the job's jars")
                .fix("Put the class into the job's jar, with all its dependencies")
                .asException(failure);
    }

    private static Problem notReadable(String why) {
        return Problem.of(ApiErrors.CLOSURE_NOT_READABLE, "A serialized function cannot be read")
                .because(why);
    }

    /** Finds classes in the job's class loader. */
    private static final class LoaderInputStream extends ObjectInputStream {
        private final ClassLoader loader;
        private final List<String> missing;

        LoaderInputStream(InputStream in, ClassLoader loader, List<String> missing) throws IOException {
            super(in);
            this.loader = loader;
            this.missing = missing;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
            Class<?> primitive = PRIMITIVES.get(description.getName());
            // Nowhere else: a job must not get at classes that its own loader does not show.
            return primitive != null ? primitive : find(description.getName());
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
            Class<?>[] classes = new Class<?>[interfaces.length];
            for (int i = 0; i < interfaces.length; i++) {
                classes[i] = find(interfaces[i]);
            }
            return Proxy.newProxyInstance(loader, classes, (proxy, method, arguments) -> null)
                    .getClass();
        }

        private Class<?> find(String name) throws ClassNotFoundException {
            try {
                return Class.forName(name, false, loader);
            } catch (ClassNotFoundException e) {
                missing.add(name);
                throw e;
            }
        }
    }
}
