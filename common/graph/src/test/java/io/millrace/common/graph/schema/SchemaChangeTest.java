package io.millrace.common.graph.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.schema.Migration.Verdict;
import io.millrace.common.graph.snapshot.StateSchema;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SchemaChangeTest {

    private static StateSchema schema(String... lines) {
        String text = "a state\n" + String.join("\n", lines);
        return new StateSchema("s", new OpaqueBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Migration order(String wasFields, String isFields) {
        return SchemaChange.between(
                schema("value @0", "record a.Order " + wasFields), schema("value @0", "record a.Order " + isFields));
    }

    private static Migration value(String was, String is) {
        return SchemaChange.between(schema("value " + was), schema("value " + is));
    }

    private static void refused(Migration migration, String path, String was, String is) {
        assertThat(migration.verdict()).isEqualTo(Verdict.REFUSED);
        Migration.Refusal refusal = migration.refusals().get(0);
        assertThat(refusal.path()).isEqualTo(path);
        assertThat(refusal.was()).isEqualTo(was);
        assertThat(refusal.is()).isEqualTo(is);
        assertThat(refusal.remedy()).isNotEmpty();
    }

    @Test
    void theSameIsTheSameWhateverItIsCalledForPeople() {
        assertThat(order("id:int", "id:int")).isEqualTo(Migration.SAME);
        assertThat(SchemaChange.between(
                                schema("value Long"),
                                new StateSchema(
                                        "s", new OpaqueBytes("other\nvalue Long".getBytes(StandardCharsets.UTF_8))))
                        .verdict())
                .isEqualTo(Verdict.SAME);
    }

    @Test
    void fieldsMayComeGoMoveAndWiden() {
        Migration migration = order("id:int name:String gone:Long", "name:String id:long added:Double count:int");
        assertThat(migration.verdict()).isEqualTo(Verdict.MIGRATES);
        assertThat(migration.changes())
                .containsExactlyInAnyOrder(
                        "Order.id widens from Integer to Long",
                        "Order.gone is dropped",
                        "Order.added is new: null in values written before",
                        "Order.count is new: 0 in values written before",
                        "Order has its fields in another order");
    }

    @Test
    void aNumberMayNotLosePrecision() {
        refused(order("id:long", "id:int"), "Order.id", "long", "int");
        refused(order("id:long", "id:double"), "Order.id", "long", "double");
        refused(order("id:int", "id:float"), "Order.id", "int", "float");
        refused(value("String", "Long"), "it", "String", "Long");
        assertThat(value("Float", "Double").verdict()).isEqualTo(Verdict.MIGRATES);
    }

    @Test
    void aFieldThatMayBeNullDoesNotBecomePrimitive() {
        refused(order("id:Integer", "id:int"), "Order.id", "Integer", "int");
        assertThat(order("id:int", "id:Integer").verdict()).isEqualTo(Verdict.MIGRATES);
        assertThat(order("id:int", "id:Long").verdict()).isEqualTo(Verdict.MIGRATES);
    }

    @Test
    void aRefusalNamesStateFieldTypesAndWayOut() {
        Migration migration = SchemaChange.between(
                schema("value @0", "record a.Order lines:java.util.List<@1>", "record a.Line$Item price:long"),
                schema("value @0", "record a.Order lines:java.util.List<@1>", "record a.Line$Item price:String"));
        assertThat(migration.problem("orders").render())
                .isEqualTo("[STATE_INCOMPATIBLE] State 'orders' does not fit: Order.lines[].price is String and was"
                        + " long\n  why:   The snapshot that the job goes on from was written with the other type\n"
                        + "  do:    Keep the old type, or give the state another name, so that it starts empty");
    }

    @Test
    void keysMayNotChangeAtAll() {
        StateSchema was = schema("key @0", "record a.Key id:int");
        refused(
                SchemaChange.between(was, schema("key @0", "record a.Key id:long")),
                "it",
                "a state (Key.id widens from Integer to Long)",
                "a state");
        refused(SchemaChange.between(was, schema("key String")), "it", "Key", "String");
        assertThat(SchemaChange.between(was, schema("key @0", "record a.Key id:int")))
                .isEqualTo(Migration.SAME);
    }

    @Test
    void whatHasToStayDistinctKeepsItsFields() {
        StateSchema was = schema("map @0 @0", "record a.Order id:int x:int");
        StateSchema is = schema("map @0 @0", "record a.Order id:int");
        refused(SchemaChange.between(was, is), "Order.x", "int", "gone");
        refused(
                SchemaChange.between(
                        schema("value java.util.Set<@0>", "record a.Order id:int x:int"),
                        schema("value java.util.Set<@0>", "record a.Order id:int")),
                "[].x",
                "int",
                "gone");
        assertThat(SchemaChange.between(
                                schema("map Integer @0", "record a.Order id:int x:int"),
                                schema("map Long @0", "record a.Order id:int"))
                        .verdict())
                .isEqualTo(Verdict.MIGRATES);
    }

    @Test
    void constantsAndMembersMayComeGoAndMove() {
        assertThat(SchemaChange.between(
                                schema("value @0", "enum a.Level LOW HIGH"), schema("value @0", "enum a.Level HIGH"))
                        .changes())
                .containsExactly("it has other constants; a value LOW is refused when it is met");
        Migration members = SchemaChange.between(
                schema("value @0", "sealed a.Shape @1 @2", "record a.Circle r:int", "record a.Square a:int"),
                schema("value @0", "sealed a.Shape @2 @1", "record a.Square a:long", "record a.Box a:int"));
        assertThat(members.verdict()).isEqualTo(Verdict.MIGRATES);
        assertThat(members.changes())
                .anyMatch(change -> change.contains("no member a.Circle"))
                .contains("|Square.a widens from Integer to Long");
    }

    @Test
    void anotherClassKindOrContainerIsRefused() {
        refused(
                SchemaChange.between(schema("value @0", "record a.Order"), schema("value @0", "record a.Purchase")),
                "it",
                "Order",
                "Purchase");
        refused(SchemaChange.between(schema("value Long"), schema("list Long")), "it", "a state", "a state");
        refused(value("java.util.List<Long>", "java.util.Set<Long>"), "it", "List<Long>", "Set<Long>");
        refused(value("?java.lang.Object", "Long"), "it", "Object", "Long");
        refused(value("!a.A!a.S", "!a.A!a.T"), "it", "A by S", "A by T");
    }

    @Test
    void aTypeInsideItselfIsComparedOnce() {
        Migration migration = SchemaChange.between(
                schema("value @0", "record a.Node next:@0 n:int"), schema("value @0", "record a.Node next:@0 n:long"));
        assertThat(migration.changes()).containsExactly("Node.n widens from Integer to Long");
    }

    @Test
    void whatHasAnUnknownFormHasToBeEqual() {
        StateSchema old = new StateSchema("s", new OpaqueBytes("ValueState of X".getBytes(StandardCharsets.UTF_8)));
        assertThat(SchemaChange.between(old, old)).isEqualTo(Migration.SAME);
        refused(SchemaChange.between(old, schema("value Long")), "it", "ValueState of X", "a state");
    }

    @Test
    void everyTypeIsReadAsItWasPrinted() {
        StateSchema schema = schema(
                "map java.util.Map<String,java.util.List<@0>> Optional<array<int[]>>",
                "class a.Order$Line a:int b:Integer c:?java.lang.Object d:!a.X!a.Y e:@1 f:boolean[]",
                "open a.Parent",
                "tuple a.Tuple2 f0:@3 f1:@4",
                "enum a.E A B",
                "sealed a.S @1 @3");
        assertThat(StateDescription.of(schema).orElseThrow().named("s")).isEqualTo(schema);
    }

    @Test
    void damagedTextIsNoDescription() {
        for (String bad : new String[] {
            "value",
            "value @0",
            "value a<",
            "value a<b,c",
            "value <",
            "value Long\nrecord",
            "value Long\nthing a.B",
            "value Long\nrecord a.B x",
            "value Long\nrecord a.B :int",
            "value foo[]",
            "value @x",
            "value !a",
            "value a>b",
            "value Long\nsealed a.B Long",
            "value " + "a<".repeat(100_000)
        }) {
            assertThat(StateDescription.of(schema(bad.split("\n")))).as(bad).isEmpty();
        }
    }
}
