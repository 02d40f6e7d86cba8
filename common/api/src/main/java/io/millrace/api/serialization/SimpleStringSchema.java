package io.millrace.api.serialization;

import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Text and its bytes, in UTF-8 unless told otherwise. Bytes that are malformed become U+FFFD and characters that the
 * charset lacks become its replacement; neither is an error.
 */
public final class SimpleStringSchema implements DeserializationSchema<String>, SerializationSchema<String> {
    private static final long serialVersionUID = 1L;

    private final String charsetName;
    private transient Charset charset;

    public SimpleStringSchema() {
        this(StandardCharsets.UTF_8);
    }

    public SimpleStringSchema(Charset charset) {
        this.charset = charset;
        this.charsetName = charset.name();
    }

    public Charset getCharset() {
        return charset;
    }

    @Override
    public String deserialize(byte[] message) {
        return new String(message, charset);
    }

    @Override
    public byte[] serialize(String element) {
        return element.getBytes(charset);
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    /** Charsets cannot be serialized. */
    private Object readResolve() {
        return new SimpleStringSchema(Charset.forName(charsetName));
    }
}
