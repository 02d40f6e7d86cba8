package io.millrace.taskmanager.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.Types;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The examples of docs/protocol/elements.md, byte for byte. */
class ElementFormatTest {
    private static final Path PAGE = Path.of("../../docs/protocol/elements.md");

    @SuppressWarnings("unchecked")
    private static String written(TypeInformation<?> type, Consumer<OutputChannel> writing) {
        ByteLane lane = new ByteLane(1024, 10);
        Brake brake = new Brake();
        TypeSerializer<Object> serializer = (TypeSerializer<Object>)
                SerializerFactory.create().serializer(type, ElementFormatTest.class.getClassLoader());
        OutputChannel channel =
                new NetworkOutputChannel(brake, lane.sender(), serializer, new OperatorScope("Map", "", 0, 1, brake));
        writing.accept(channel);
        channel.flush();
        return HexFormat.ofDelimiter(" ").formatHex(lane.sent());
    }

    private static void assertOnPage(String example, String bytes) throws IOException {
        String row = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| " + example + " |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No example '" + example + "' in " + PAGE));
        String documented =
                row.substring(row.indexOf('|', 1) + 1).replaceAll("[`|]", "").strip();
        assertThat(bytes).isEqualTo(documented);
    }

    @Test
    void elementsHaveTheBytesOfThePage() throws IOException {
        assertOnPage(
                "record, the string `hi`",
                written(Types.STRING, channel -> channel.element("hi", Output.NO_TIMESTAMP)));
        assertOnPage(
                "timestamped record, the long 1 at 1000 ms",
                written(Types.LONG, channel -> channel.element(1L, 1_000)));
        assertOnPage("watermark 1000", written(Types.LONG, channel -> channel.control(Control.WATERMARK, 1_000)));
        assertOnPage(
                "barrier of savepoint 42",
                written(
                        Types.LONG,
                        channel -> channel.control(Control.BARRIER, new Barrier(42, CheckpointKind.SAVEPOINT).code())));
        assertOnPage("idle", written(Types.LONG, channel -> channel.control(Control.IDLE, Output.NO_TIMESTAMP)));
        assertOnPage("active", written(Types.LONG, channel -> channel.control(Control.ACTIVE, Output.NO_TIMESTAMP)));
        assertOnPage(
                "end of input",
                written(Types.LONG, channel -> channel.control(Control.END_OF_INPUT, Output.NO_TIMESTAMP)));
    }
}
