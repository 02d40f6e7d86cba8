package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.CompiledClass;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSchemas;
import io.millrace.api.types.Types;
import io.millrace.api.types.ValueReader;
import io.millrace.api.types.WrittenType;
import io.millrace.common.graph.schema.Migration.Verdict;
import io.millrace.common.graph.schema.SchemaChange;
import io.millrace.common.graph.schema.StateDescription;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records and classes of two versions of a job. */
class SchemaEvolutionTest {
    private static final Class<Object> OLD_ORDER = CompiledClass.of("Order", """
            import java.util.*;
            public record Order(int id, String gone, List<Line> lines, Level level, Map<String, Line> more,
                    Object any) {
                public Order(String name) {
                    this(7, "gone", Arrays.asList(new Line(name, 1.5f), null), Level.HIGH,
                            Map.of("k", new Line("b", 2.5f)), List.of(1, "x"));
                }
                public record Line(String name, float price) {}
                public enum Level { LOW, HIGH }
            }
            """);
    private static final Class<Object> NEW_ORDER = CompiledClass.of("Order", """
            import java.util.*;
            public record Order(Object any, Optional<String> added, List<Line> lines, long id, Level level,
                    Map<String, Line> more, boolean flag) {
                public record Line(double price, short count, String name) {}
                public enum Level { HIGH, MID, LOW }
            }
            """);

    private static Object create(Class<?> type, Object... arguments) throws ReflectiveOperationException {
        Constructor<?> constructor = Arrays.stream(type.getConstructors())
                .filter(each -> each.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow();
        return constructor.newInstance(arguments);
    }

    private static <T> StateDescription described(TypeInformation<T> type) {
        return TypeSchemas.describe(type.describe(), "value", List.of(type));
    }

    /** Writes with one version of a type and reads with another. */
    private static Object migrated(TypeInformation<Object> was, TypeInformation<Object> is, Object value) {
        byte[] bytes = Serializers.bytes(Serializers.ofState(was), value);
        StateDescription before = described(was);
        StateDescription now = described(is);
        assertThat(SchemaChange.between(before, now).verdict()).isEqualTo(Verdict.MIGRATES);
        ValueReader<Object> reader = SerializerFactory.create()
                .stateReader(
                        is, new WrittenType(before, now, 0), is.getTypeClass().getClassLoader());
        BinaryReader in = new BinaryReader();
        in.reset(bytes, 0, bytes.length);
        Object read = reader.read(in);
        assertThat(in.remaining()).isZero();
        return read;
    }

    @Test
    void aRecordOfTheOldVersionBecomesOneOfTheNew() throws ReflectiveOperationException {
        Object old = create(OLD_ORDER, "a");
        assertThat(old)
                .hasToString("Order[id=7, gone=gone, lines=[Line[name=a, price=1.5], null], level=HIGH,"
                        + " more={k=Line[name=b, price=2.5]}, any=[1, x]]");
        Object now = migrated(TypeInformation.of(OLD_ORDER), TypeInformation.of(NEW_ORDER), old);
        assertThat(now.getClass()).isSameAs(NEW_ORDER);
        assertThat(now)
                .hasToString("Order[any=[1, x], added=null, lines=[Line[price=1.5, count=0, name=a], null], id=7,"
                        + " level=HIGH, more={k=Line[price=2.5, count=0, name=b]}, flag=false]");
    }

    @Test
    void whatHasNotChangedIsTheSame() {
        StateDescription once = described(TypeInformation.of(OLD_ORDER));
        StateDescription again = described(TypeInformation.of(OLD_ORDER));
        assertThat(again).isEqualTo(once);
        assertThat(StateDescription.of(once.named("s"))).contains(once);
        assertThat(SchemaChange.between(once, described(TypeInformation.of(NEW_ORDER)))
                        .changes())
                .contains(
                        "Order.gone is dropped",
                        "Order.id widens from Integer to Long",
                        "Order.lines[].price widens from Float to Double");
    }

    @Test
    void theTextOfADescriptionIsGolden() {
        assertThat(new String(
                        described(TypeInformation.of(OLD_ORDER))
                                .named("s")
                                .description()
                                .array(),
                        StandardCharsets.UTF_8))
                .isEqualTo("Order\nvalue @0\n"
                        + "record Order id:int gone:String lines:java.util.List<@1> level:@2"
                        + " more:java.util.Map<String,@1> any:?java.lang.Object\n"
                        + "record Order$Line name:String price:float\n"
                        + "enum Order$Level LOW HIGH");
    }

    @Test
    void aClassKeepsItsFieldsAndSubclasses() throws ReflectiveOperationException {
        String account = "public class Account { public int count; public String owner = \"me\"; public Account() {}"
                + " public String toString() { return owner + count; } }";
        String later = "public class Account { public long count; public String owner; public int rank;"
                + " public String email; public Account() {}"
                + " public String toString() { return owner + count + rank + email; } }";
        Class<Object> was = CompiledClass.of("Account", account);
        Class<Object> is = CompiledClass.of("Account", later);
        Object now = migrated(TypeInformation.of(was), TypeInformation.of(is), create(was));
        assertThat(now).hasToString("me00null");
        String asRecord = "public record Account(String owner, int count) {}";
        Class<Object> recordClass = CompiledClass.of("Account", asRecord);
        assertThat(migrated(TypeInformation.of(was), TypeInformation.of(recordClass), create(was)))
                .hasToString("Account[owner=me, count=0]");
    }

    @Test
    @SuppressWarnings("unchecked") // handled as objects
    void theySitInTuplesListsAndOptionals() throws ReflectiveOperationException {
        TypeInformation<?> was = Types.TUPLE(Types.LIST(TypeInformation.of(OLD_ORDER)), Types.OPTIONAL(Types.INT));
        TypeInformation<?> is = Types.TUPLE(Types.LIST(TypeInformation.of(NEW_ORDER)), Types.OPTIONAL(Types.LONG));
        Object value = Tuple2.of(List.of(create(OLD_ORDER, "a")), Optional.of(5));
        Object now = migrated((TypeInformation<Object>) was, (TypeInformation<Object>) is, value);
        assertThat(now.toString()).startsWith("([Order[any=[1, x], ").endsWith(",Optional[5])");
    }
}
