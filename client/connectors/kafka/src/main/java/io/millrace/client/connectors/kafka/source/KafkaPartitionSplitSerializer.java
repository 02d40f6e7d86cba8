package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Version 1: topic, partition, position, stop. */
final class KafkaPartitionSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KafkaPartitionSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(split, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    static void write(KafkaPartitionSplit split, DataOutputStream out) throws IOException {
        out.writeUTF(split.topic());
        out.writeInt(split.partition());
        out.writeLong(split.position());
        out.writeLong(split.stop());
    }

    static KafkaPartitionSplit read(DataInputStream in) throws IOException {
        return new KafkaPartitionSplit(in.readUTF(), in.readInt(), in.readLong(), in.readLong());
    }

    static void requireVersion(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("Kafka splits of version " + version + " are not known, only " + VERSION);
        }
    }

    static void requireEnd(DataInputStream in) throws IOException {
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes follow the state of a Kafka source");
        }
    }

    @Override
    public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
        requireVersion(version);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        KafkaPartitionSplit split = read(in);
        requireEnd(in);
        return split;
    }
}
