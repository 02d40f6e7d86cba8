package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subtask of a sink in one run of its job, stepped by hand as the engine does. Sink, committables and states pass
 * through bytes. A run that is left without {@link #close} is as good as killed: what it had open stays open.
 */
final class SinkRun implements AutoCloseable {
    private final KafkaSink<String> sink;
    private final SinkWriter<String> writer;
    private final Committer<KafkaCommittable> committer;

    /** What a checkpoint holds of one subtask. */
    record Part(List<KafkaCommittable> committables, List<KafkaWriterState> states) {}

    SinkRun(KafkaSink<String> described, RunContext context, List<KafkaWriterState> recovered) throws Exception {
        this.sink = throughBytes(described);
        this.committer = sink.createCommitter(context);
        this.writer =
                context.restored().isPresent() ? sink.restoreWriter(context, recovered) : sink.createWriter(context);
    }

    @SuppressWarnings("unchecked") // what is read is what was written
    private static KafkaSink<String> throughBytes(KafkaSink<String> described) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(described);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (KafkaSink<String>) in.readObject();
        }
    }

    SinkRun write(String... values) throws Exception {
        for (String value : values) {
            writer.write(value, NoTime.INSTANCE);
        }
        return this;
    }

    @SuppressWarnings("unchecked") // the writers of this sink are both
    Part barrier(long checkpoint) throws Exception {
        writer.flush(false);
        List<KafkaCommittable> committables = new ArrayList<>();
        for (KafkaCommittable prepared : ((CommittingSinkWriter<String, KafkaCommittable>) writer).prepareCommit()) {
            committables.add(throughBytes(sink.getCommittableSerializer(), prepared));
        }
        List<KafkaWriterState> states = new ArrayList<>();
        for (KafkaWriterState state :
                ((StatefulSinkWriter<String, KafkaWriterState>) writer).snapshotState(checkpoint)) {
            states.add(throughBytes(sink.getWriterStateSerializer(), state));
        }
        return new Part(committables, states);
    }

    private static <E> E throughBytes(SimpleVersionedSerializer<E> serializer, E value) throws Exception {
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(value));
    }

    /** Commits until the committer has an answer to everything. @return the answers in order */
    List<String> commit(Part part) throws Exception {
        List<String> answers = new ArrayList<>();
        for (KafkaCommittable committable : part.committables()) {
            answers.add(request(committable).answer());
        }
        return answers;
    }

    StepRequest request(KafkaCommittable committable) throws Exception {
        StepRequest request = new StepRequest(committable);
        committer.commit(List.of(request));
        while (request.answer().equals("later")) {
            request.again();
            committer.commit(List.of(request));
        }
        return request;
    }

    /** Asks once. */
    StepRequest tryOnce(KafkaCommittable committable) throws Exception {
        StepRequest request = new StepRequest(committable);
        committer.commit(List.of(request));
        return request;
    }

    void flush() throws Exception {
        writer.flush(false);
    }

    @Override
    public void close() {
        try {
            writer.close();
            committer.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private enum NoTime implements SinkWriter.Context {
        INSTANCE;

        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    }
}
