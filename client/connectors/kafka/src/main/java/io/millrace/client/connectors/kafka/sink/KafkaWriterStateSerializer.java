package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.client.connectors.kafka.sink.KafkaWriterState.Prepared;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Version 1: prefix, job, origin, subtask, then the number of prepared transactions and each one. */
final class KafkaWriterStateSerializer implements SimpleVersionedSerializer<KafkaWriterState> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KafkaWriterState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(state.prefix());
        out.writeUTF(state.job());
        out.writeLong(state.origin());
        out.writeInt(state.subtask());
        out.writeInt(state.prepared().size());
        for (Prepared transaction : state.prepared()) {
            out.writeInt(transaction.number());
            out.writeLong(transaction.producerId());
            out.writeInt(transaction.epoch());
        }
        return bytes.toByteArray();
    }

    @Override
    public KafkaWriterState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("Kafka writer states of version " + version + " are not known, only " + VERSION);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        String prefix = in.readUTF();
        String job = in.readUTF();
        long origin = in.readLong();
        int subtask = in.readInt();
        List<Prepared> prepared = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            prepared.add(new Prepared(in.readInt(), in.readLong(), in.readInt()));
        }
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes follow a Kafka writer state");
        }
        return new KafkaWriterState(prefix, job, origin, subtask, prepared);
    }
}
