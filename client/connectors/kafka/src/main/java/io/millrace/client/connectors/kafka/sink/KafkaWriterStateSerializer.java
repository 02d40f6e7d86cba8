package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.source.OneVersionSerializer;
import io.millrace.client.connectors.kafka.sink.KafkaWriterState.Prepared;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Version 1: prefix, job, origin, subtask, then the number of prepared transactions and each one. */
final class KafkaWriterStateSerializer extends OneVersionSerializer<KafkaWriterState> {
    private static final long serialVersionUID = 1L;

    KafkaWriterStateSerializer() {
        super("a Kafka writer state");
    }

    @Override
    protected void write(KafkaWriterState state, DataOutputStream out) throws IOException {
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
    }

    @Override
    protected KafkaWriterState read(DataInputStream in) throws IOException {
        String prefix = in.readUTF();
        String job = in.readUTF();
        long origin = in.readLong();
        int subtask = in.readInt();
        List<Prepared> prepared = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            prepared.add(new Prepared(in.readInt(), in.readLong(), in.readInt()));
        }
        return new KafkaWriterState(prefix, job, origin, subtask, prepared);
    }
}
