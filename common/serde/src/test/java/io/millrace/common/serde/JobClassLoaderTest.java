package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.Types;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two jobs with classes of the same name, and jobs that are gone. */
class JobClassLoaderTest {

    /**
     * Loads the classes inside {@link JobClasses} itself, as the loader of a job does, and all others through its
     * parent.
     */
    private static final class JobLoader extends ClassLoader {
        private static final String OWN = JobClasses.class.getName();

        JobLoader() {
            super(JobClassLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null || !name.startsWith(OWN) ? loaded(name, loaded, resolve) : define(name);
            }
        }

        private Class<?> loaded(String name, @Nullable Class<?> loaded, boolean resolve) throws ClassNotFoundException {
            return loaded != null ? loaded : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (code == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        Object order(int id) throws ReflectiveOperationException {
            Class<?> line = loadClass(OWN + "$Line");
            Class<?> order = loadClass(OWN + "$Order");
            Object first = constructor(line).newInstance("first", id, null);
            return constructor(order).newInstance(id, List.of(first), first);
        }

        private static Constructor<?> constructor(Class<?> type) {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor;
        }
    }

    @Test
    void classesOfTheSameNameInTwoJobsDoNotMeet() throws Exception {
        JobLoader one = new JobLoader();
        JobLoader two = new JobLoader();
        Object inOne = one.order(1);
        Object inTwo = two.order(1);
        assertThat(inOne.getClass()).isNotEqualTo(inTwo.getClass());
        byte[] bytes = Serializers.bytes(typed(one, inOne), inOne);
        Object read = Serializers.read(typed(two, inTwo), bytes);
        assertThat(read).isEqualTo(inTwo).isNotEqualTo(inOne);
        byte[] dynamic = Serializers.bytes(dynamic(one), inOne);
        assertThat(Serializers.read(dynamic(two), dynamic)).isEqualTo(inTwo);
        assertThat(Serializers.read(dynamic(one), dynamic)).isEqualTo(inOne);
    }

    @Test
    void oneFactoryServesTwoLoadersWithoutMixingThem() throws Exception {
        SerializerFactory factory = SerializerFactory.create();
        Object inOne = new JobLoader().order(1);
        Object inTwo = new JobLoader().order(1);
        for (Object each : List.of(inOne, inTwo)) {
            TypeSerializer<Object> serializer = serializer(factory, each);
            assertThat(Serializers.read(serializer, Serializers.bytes(serializer, each)))
                    .isEqualTo(each);
        }
    }

    @Test
    void loaderOfAJobThatIsGoneIsCollected() throws Exception {
        WeakReference<ClassLoader> loader = new WeakReference<>(useAndForget());
        WeakReference<ClassLoader> held = new WeakReference<>(new JobLoader());
        for (int i = 0; i < 20 && !(loader.refersTo(null) && held.refersTo(null)); i++) {
            System.gc();
        }
        assertThat(held.refersTo(null))
                .as("this JVM collects unused loaders at all")
                .isTrue();
        assertThat(loader.refersTo(null))
                .as("nothing static holds classes of the job")
                .isTrue();
    }

    private static ClassLoader useAndForget() throws Exception {
        JobLoader loader = new JobLoader();
        Object order = loader.order(7);
        SerializerFactory factory = SerializerFactory.create();
        for (TypeSerializer<Object> serializer :
                List.of(serializer(factory, order), factory.serializer(Types.DYNAMIC, loader))) {
            BinaryWriter out = new BinaryWriter(64);
            serializer.serialize(order, out);
            BinaryReader in = new BinaryReader();
            in.reset(out.bytes(), 0, out.position());
            assertThat(serializer.duplicate().deserialize(in)).isEqualTo(order);
            assertThat(serializer.copy(order)).isEqualTo(order);
        }
        assertThat(factory.hasher(typeOf(order)).hash(order))
                .isEqualTo(factory.hasher(typeOf(order)).hash(order));
        assertThat(factory.hasher(Types.DYNAMIC).equal(order, order)).isTrue();
        return loader;
    }

    private static TypeSerializer<Object> typed(JobLoader loader, Object value) {
        return SerializerFactory.create().serializer(typeOf(value), loader);
    }

    private static TypeSerializer<Object> dynamic(JobLoader loader) {
        return SerializerFactory.create().stateSerializer(Types.DYNAMIC, loader);
    }

    private static TypeSerializer<Object> serializer(SerializerFactory factory, Object value) {
        return factory.serializer(typeOf(value), value.getClass().getClassLoader());
    }

    @SuppressWarnings("unchecked") // the type of the value itself
    private static TypeInformation<Object> typeOf(Object value) {
        return (TypeInformation<Object>) TypeInformation.of(value.getClass());
    }
}
