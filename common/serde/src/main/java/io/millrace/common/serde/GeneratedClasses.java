package io.millrace.common.serde;

import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.serde.codegen.CompositeShape;
import io.millrace.common.serde.codegen.HasherCode;
import io.millrace.common.serde.codegen.HiddenClasses;
import io.millrace.common.serde.codegen.SerializerCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes generated for one job, each once. Dropped with the factory: nothing else holds them or the job's class
 * loader. Several slots may ask at once, hence the concurrent maps.
 */
final class GeneratedClasses {
    private final ConcurrentHashMap<TypeInformation<?>, MethodHandle> serializers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<TypeInformation<?>, MethodHandle> hashers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<TypeInformation<?>, Constructor<?>> specialized = new ConcurrentHashMap<>();
    private final Set<TypeInformation<?>> namedInState = ConcurrentHashMap.newKeySet();

    /** Values of this type name their class where they have to be readable on their own. */
    void addNamedInState(TypeInformation<?> type) {
        namedInState.add(type);
    }

    Set<TypeInformation<?>> namedInState() {
        return Set.copyOf(namedInState);
    }

    TypeSerializer<?> serializer(CompositeShape shape, TypeSerializer<?>[] parts) {
        MethodHandle constructor = serializers.computeIfAbsent(
                shape.type(), type -> define(shape.owner(), SerializerCode.write(shape), TypeSerializer.class));
        return (TypeSerializer<?>) construct(constructor, parts);
    }

    KeyHasher<?> hasher(CompositeShape shape, KeyHasher<?>[] parts) {
        MethodHandle constructor = hashers.computeIfAbsent(
                shape.type(), type -> define(shape.owner(), HasherCode.write(shape), KeyHasher.class));
        return (KeyHasher<?>) construct(constructor, parts);
    }

    /**
     * An instance of a copy of {@code template} that only this type of the job uses. The calls from a container to its
     * elements then see one class of elements and are inlined: 32 ns instead of 47 to write a list of ten small records
     * where four such types are in use (SerializerProbe).
     */
    TypeSerializer<?> specialized(
            Class<? extends TypeSerializer<?>> template, TypeInformation<?> type, Object... arguments) {
        Constructor<?> constructor = specialized.computeIfAbsent(type, t -> copyOf(template));
        try {
            return (TypeSerializer<?>) constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The copy of " + template.getSimpleName() + " cannot be created", e);
        }
    }

    private static Constructor<?> copyOf(Class<?> template) {
        try (InputStream code = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            if (code == null) {
                throw new IllegalStateException("The code of " + template.getName() + " is missing");
            }
            return MethodHandles.lookup()
                    .defineHiddenClass(code.readAllBytes(), true)
                    .lookupClass()
                    .getDeclaredConstructors()[0];
        } catch (IOException e) {
            throw new UncheckedIOException("The code of " + template.getName() + " cannot be read", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A class cannot be defined in the package of its template", e);
        }
    }

    private static MethodHandle define(Class<?> host, byte[] code, Class<?> partClass) {
        try {
            return HiddenClasses.define(host, code, partClass);
        } catch (IllegalAccessException e) {
            throw ValueRefusals.closedModule(host, e);
        }
    }

    private static Object construct(MethodHandle constructor, Object[] parts) {
        try {
            return constructor.invoke((Object) parts);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The constructor of a generated class throws nothing checked", e);
        }
    }
}
