package io.millrace.client.examples.loganalysis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Writing and reading against each other and against an independent JSON library. */
class JsonRoundTripTest {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonLogReader reader = new JsonLogReader();

    @Property(tries = 500)
    void readingWhatWasWrittenGivesTheSameEvent(@ForAll("events") LogEvent event) {
        String written = new String(event.toJson().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(ReadLines.of(reader, written).events).containsExactly(event);
    }

    @Property(tries = 300)
    void anotherLibraryReadsTheSameFieldsInTheOrderOfTheSpecification(@ForAll("events") LogEvent event)
            throws Exception {
        JsonNode tree = MAPPER.readTree(event.toJson());
        assertThat(tree.fieldNames())
                .toIterable()
                .containsExactly(
                        "user_id", "session_id", "action", "timestamp", "ip_address", "user_agent", "metadata");
        assertThat(tree.get("user_id").textValue()).isEqualTo(event.userId());
        assertThat(tree.get("session_id").textValue()).isEqualTo(event.sessionId());
        assertThat(tree.get("user_agent").textValue()).isEqualTo(event.userAgent());
        assertThat(tree.get("timestamp").longValue()).isEqualTo(event.timestamp());
        assertThat(tree.get("metadata")).isEqualTo(MAPPER.readTree(event.metadata()));
    }

    @Property(tries = 500)
    void metadataKeepsItsContentAndBecomesCompact(@ForAll("objects") JsonNode metadata) throws Exception {
        String pretty = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(metadata);
        String line = new LogEvent("u", "s", "a", 1, "i", "a", "{}")
                .toJson()
                .replace("\"metadata\":{}", "\"metadata\":" + pretty);
        LogEvent event = ReadLines.of(reader, line).events.get(0);
        assertThat(MAPPER.readTree(event.metadata())).isEqualTo(MAPPER.readTree(pretty));
        assertThat(ReadLines.of(reader, event.toJson()).events).containsExactly(event);
    }

    @Provide
    Arbitrary<LogEvent> events() {
        Arbitrary<String> text = texts();
        Arbitrary<String> word = text.filter(t -> !t.isEmpty());
        Arbitrary<String> metadata = objects().map(JsonRoundTripTest::compact);
        return Combinators.combine(
                        word, text, word, Arbitraries.longs().between(0, LogEvent.MAX_TIMESTAMP), text, text, metadata)
                .as(LogEvent::new);
    }

    @Provide
    Arbitrary<JsonNode> objects() {
        return nodes(3).list()
                .ofMaxSize(4)
                .flatMap(values ->
                        names().list().ofSize(values.size()).uniqueElements().map(names -> object(names, values)));
    }

    /** Any chars at all: unpaired surrogates, controls and quotes included. */
    private static Arbitrary<String> texts() {
        Arbitrary<Character> ascii = Arbitraries.chars().range(' ', '~');
        Arbitrary<Character> odd = Arbitraries.chars().range('\u0000', '\u001f');
        Arbitrary<Character> any = Arbitraries.chars().all();
        Arbitrary<Character> surrogate = Arbitraries.chars().range('\ud7fe', '\ue001');
        Arbitrary<Character> special = Arbitraries.of('"', '\\', '/', '\u007f', '\u2028', '\ufeff', '\uffff');
        return Arbitraries.oneOf(ascii, ascii, odd, any, surrogate, special)
                .list()
                .ofMaxSize(12)
                .map(JsonRoundTripTest::join);
    }

    /** The parser takes escaped unpaired surrogates in values, but not in names. */
    private static Arbitrary<String> names() {
        return texts().filter(
                        text -> text.equals(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
    }

    private static Arbitrary<JsonNode> nodes(int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                texts().map(nodes::textNode),
                Arbitraries.longs().map(nodes::numberNode),
                Arbitraries.bigIntegers().map(nodes::numberNode),
                Arbitraries.bigDecimals().ofScale(3).map(nodes::numberNode),
                Arbitraries.of(true, false).map(nodes::booleanNode),
                Arbitraries.just(nodes.nullNode()));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<JsonNode> array = nodes(depth - 1).list().ofMaxSize(3).map(values -> nodes.arrayNode()
                .addAll(values));
        return Arbitraries.oneOf(leaf, array);
    }

    private static JsonNode object(List<String> names, List<JsonNode> values) {
        var object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.size(); i++) {
            object.set(names.get(i), values.get(i));
        }
        return object;
    }

    private static String compact(JsonNode metadata) {
        String line = "{\"user_id\":\"u\",\"session_id\":\"\",\"action\":\"a\",\"timestamp\":1,\"ip_address\":\"\","
                + "\"user_agent\":\"\",\"metadata\":" + metadata + "}";
        return ReadLines.of(new JsonLogReader(), line).events.get(0).metadata();
    }

    private static String join(List<Character> chars) {
        StringBuilder text = new StringBuilder();
        chars.forEach(text::append);
        return text.toString();
    }
}
