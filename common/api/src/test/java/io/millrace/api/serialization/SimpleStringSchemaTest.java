package io.millrace.api.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.types.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimpleStringSchemaTest {

    @Test
    void textIsUtf8UnlessToldOtherwise() {
        assertThat(new SimpleStringSchema().serialize("Grüße")).isEqualTo("Grüße".getBytes(StandardCharsets.UTF_8));
        assertThat(new SimpleStringSchema().deserialize("Grüße".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("Grüße");
        assertThat(new SimpleStringSchema().getProducedType()).isEqualTo(Types.STRING);
    }

    @Test
    void charsetTravelsWithTheSchema() throws IOException, ClassNotFoundException {
        SimpleStringSchema read = throughBytes(new SimpleStringSchema(StandardCharsets.ISO_8859_1));
        assertThat(read.getCharset()).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(read.serialize("ü")).containsExactly(0xFC);
    }

    @Test
    void schemaOfOneElementPerMessageEmitsThatElement() throws IOException {
        List<String> emitted = new ArrayList<>();
        DeserializationSchema<String> schema = new SimpleStringSchema();
        schema.deserialize("a".getBytes(StandardCharsets.UTF_8), emitted::add);
        assertThat(emitted).containsExactly("a");
    }

    private static SimpleStringSchema throughBytes(SimpleStringSchema schema)
            throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(schema);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (SimpleStringSchema) in.readObject();
        }
    }
}
