package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.Types;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Prints nanoseconds and allocated bytes per record of the exchange benchmark for writing, reading, copying and
 * hashing: the median and the best of short rounds. Run with and without
 * {@code --add-opens=java.base/java.lang=ALL-UNNAMED}.
 */
public final class SerializerProbe {
    private static final int RECORDS = 1024;
    private static final int PASSES = 100;
    private static final int ROUNDS = 80;

    /** About 80 bytes written. */
    public record Event(String userId, String sessionId, String action, long timestamp, double amount, int flags) {}

    /** As {@link Event}, with setters. */
    public static final class Bean {
        public String userId = "";
        public String sessionId = "";
        public String action = "";
        public long timestamp;
        public double amount;
        public int flags;
    }

    private record Order(Event event, List<Event> lines, Long count) {}

    private interface Pass {
        long run();
    }

    private record A(int x, long y) {}

    private record B(long x, double y) {}

    private record C(String s) {}

    private record D(byte x, byte y) {}

    private SerializerProbe() {}

    public static void main(String[] args) {
        Random random = new Random(1);
        Event[] events = new Event[RECORDS];
        Bean[] beans = new Bean[RECORDS];
        Order[] orders = new Order[RECORDS];
        String[] lines = new String[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            events[i] = event(random);
            beans[i] = bean(events[i]);
            orders[i] = new Order(events[i], new ArrayList<>(List.of(event(random), event(random))), (long) i);
            lines[i] = "{\"user\":\"" + events[i].userId + "\",\"ip\":\"10.0.0.1\",\"action\":\"" + "x".repeat(100) + i;
        }
        SerializerFactory factory = SerializerFactory.create();
        measure("record", factory, TypeInformation.of(Event.class), events);
        measure("class", factory, TypeInformation.of(Bean.class), beans);
        measure("nested", factory, TypeInformation.of(Order.class), orders);
        measure("dynamic", factory, Types.DYNAMIC, events);
        measure("string 140", factory, Types.STRING, lines);
        lists(factory);
        hash("hash record", factory.hasher(TypeInformation.of(Event.class)), events);
        hash("hash string", factory.hasher(Types.STRING), lines);
    }

    private static <T> void measure(String name, SerializerFactory factory, TypeInformation<T> type, T[] values) {
        TypeSerializer<T> serializer = factory.stateSerializer(type, SerializerProbe.class.getClassLoader());
        BinaryWriter out = new BinaryWriter(1 << 20);
        report(name + " serialize", () -> {
            out.setPosition(0);
            for (T value : values) {
                serializer.serialize(value, out);
            }
            return out.position();
        });
        BinaryReader in = new BinaryReader();
        int length = out.position();
        report(name + " deserialize (" + length / RECORDS + " bytes)", () -> {
            in.reset(out.bytes(), 0, length);
            long sum = 0;
            for (int i = 0; i < RECORDS; i++) {
                sum += System.identityHashCode(serializer.deserialize(in)) & 0;
            }
            return sum;
        });
        report(name + " copy", () -> {
            long sum = 0;
            for (T value : values) {
                sum += serializer.copy(value) == value ? 1 : 0;
            }
            return sum;
        });
    }

    /** Lists of four kinds of elements: through a class of containers for each type, and through one for all. */
    private static void lists(SerializerFactory factory) {
        List<Object> elements = List.of(new A(1, 2), new B(3, 4), new C("five"), new D((byte) 6, (byte) 7));
        for (boolean own : new boolean[] {true, false, true, false}) {
            List<Runnable> passes = new ArrayList<>();
            for (Object element : elements) {
                passes.add(listPass(factory, element, own));
            }
            report("lists of 10, " + (own ? "own class" : "one class for all"), () -> {
                for (int i = 0; i < RECORDS / elements.size(); i++) {
                    passes.forEach(Runnable::run);
                }
                return 0;
            });
        }
    }

    @SuppressWarnings("unchecked") // the element is of its own class
    private static Runnable listPass(SerializerFactory factory, Object element, boolean own) {
        ClassLoader loader = SerializerProbe.class.getClassLoader();
        TypeInformation<Object> type = (TypeInformation<Object>) TypeInformation.of(element.getClass());
        TypeSerializer<?> serializer = own
                ? factory.serializer(Types.LIST(type), loader)
                : new CollectionSerializer(CollectionKind.ARRAY_LIST, factory.serializer(type, loader), "");
        TypeSerializer<Object> typed = (TypeSerializer<Object>) serializer;
        List<Object> list = new ArrayList<>(java.util.Collections.nCopies(10, element));
        BinaryWriter out = new BinaryWriter(1 << 10);
        return () -> {
            out.setPosition(0);
            typed.serialize(list, out);
        };
    }

    private static <K> void hash(String name, KeyHasher<K> hasher, K[] keys) {
        report(name, () -> {
            long sum = 0;
            for (K key : keys) {
                sum += hasher.hash(key);
            }
            return sum;
        });
    }

    private static void report(String name, Pass pass) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] nanos = new double[ROUNDS];
        long bytes = 0;
        long sum = 0;
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            for (int i = 0; i < PASSES; i++) {
                sum += pass.run();
            }
            if (round >= 0) {
                nanos[round] = (System.nanoTime() - start) / (double) (PASSES * RECORDS);
                bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-34s median %6.1f ns  best %6.1f ns  %4d bytes allocated  (%d)%n",
                name, nanos[ROUNDS / 2], nanos[0], bytes / (PASSES * RECORDS), sum);
    }

    private static Event event(Random random) {
        String session = Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        return new Event(
                "user-" + random.nextInt(1_000_000),
                "session-" + session,
                "action-" + random.nextInt(100),
                random.nextLong(),
                random.nextDouble(),
                random.nextInt());
    }

    private static Bean bean(Event event) {
        Bean bean = new Bean();
        bean.userId = event.userId;
        bean.sessionId = event.sessionId;
        bean.action = event.action;
        bean.timestamp = event.timestamp;
        bean.amount = event.amount;
        bean.flags = event.flags;
        return bean;
    }
}
