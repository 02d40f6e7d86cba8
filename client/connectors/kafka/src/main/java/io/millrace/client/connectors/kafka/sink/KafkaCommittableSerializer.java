package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.source.OneVersionSerializer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Version 1: transactional id, producer id, epoch, then topic, partition and offset of the witness. */
final class KafkaCommittableSerializer extends OneVersionSerializer<KafkaCommittable> {
    private static final long serialVersionUID = 1L;

    KafkaCommittableSerializer() {
        super("a Kafka committable");
    }

    @Override
    protected void write(KafkaCommittable committable, DataOutputStream out) throws IOException {
        out.writeUTF(committable.transactionalId());
        out.writeLong(committable.producerId());
        out.writeInt(committable.epoch());
        out.writeUTF(committable.witness().topic());
        out.writeInt(committable.witness().partition());
        out.writeLong(committable.witness().offset());
    }

    @Override
    protected KafkaCommittable read(DataInputStream in) throws IOException {
        String id = in.readUTF();
        long producerId = in.readLong();
        int epoch = in.readInt();
        return new KafkaCommittable(id, producerId, epoch, new RecordPlace(in.readUTF(), in.readInt(), in.readLong()));
    }
}
