package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Version 1: transactional id, producer id, epoch, then topic, partition and offset of the witness. */
final class KafkaCommittableSerializer implements SimpleVersionedSerializer<KafkaCommittable> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KafkaCommittable committable) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(committable.transactionalId());
        out.writeLong(committable.producerId());
        out.writeInt(committable.epoch());
        out.writeUTF(committable.witness().topic());
        out.writeInt(committable.witness().partition());
        out.writeLong(committable.witness().offset());
        return bytes.toByteArray();
    }

    @Override
    public KafkaCommittable deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("Kafka committables of version " + version + " are not known, only " + VERSION);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        String id = in.readUTF();
        long producerId = in.readLong();
        int epoch = in.readInt();
        KafkaCommittable read =
                new KafkaCommittable(id, producerId, epoch, new RecordPlace(in.readUTF(), in.readInt(), in.readLong()));
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes follow a Kafka committable");
        }
        return read;
    }
}
