package io.millrace.api.datastream;

import io.millrace.api.ApiErrors;
import io.millrace.api.execution.CollectedBatches;
import io.millrace.api.execution.JobClient;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.plan.builder.OperatorDraft;
import io.millrace.api.plan.builder.OperatorRecipe;
import io.millrace.api.sink.lib.CollectSink;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.util.CloseableIterator;
import io.millrace.common.core.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The results of a running job, batch by batch. For one thread. */
final class CollectedIterator<T> implements CloseableIterator<T> {
    private final JobClient client;
    private final CollectedBatches batches;
    private final TypeSerializer<T> serializer;
    private final BinaryReader reader = new BinaryReader();
    private boolean ended;
    private boolean closed;

    private CollectedIterator(JobClient client, CollectedBatches batches, TypeSerializer<T> serializer) {
        this.client = client;
        this.batches = batches;
        this.serializer = serializer;
    }

    /** Ends a stream in a collecting sink, starts the job and follows the sink. */
    static <T> CloseableIterator<T> execute(DataStream<T> stream, @Nullable String jobName) {
        OperatorRecipe<T, T> recipe =
                OperatorRecipe.ofSink("Sink: Collect", (input, output) -> new SinkSpec<>(new CollectSink<>(output)));
        OperatorDraft<T, T> sink = stream.job.add(recipe, stream.outputs);
        JobClient client = stream.job.launcher().start(jobName);
        TypeInformation<T> type = sink.outputType().information();
        TypeSerializer<T> serializer = SerializerFactory.create()
                .stateSerializer(type, Thread.currentThread().getContextClassLoader());
        return new CollectedIterator<>(client, client.collect(sink.id()), serializer);
    }

    /** The first {@code limit} elements, or all if there are fewer. Closes the iterator. */
    static <T> List<T> first(int limit, CloseableIterator<T> elements) {
        try (elements) {
            List<T> list = new ArrayList<>();
            while (list.size() < limit && elements.hasNext()) {
                list.add(elements.next());
            }
            return list;
        }
    }

    @Override
    public boolean hasNext() {
        while (!ended && reader.remaining() == 0) {
            byte[] batch = nextBatch();
            if (batch == null) {
                ended = true;
                close();
            } else {
                reader.reset(batch, 0, batch.length);
            }
        }
        return !ended;
    }

    private byte @Nullable [] nextBatch() {
        try {
            return batches.next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(ApiErrors.EXECUTION_INTERRUPTED, "Interrupted while waiting for the job's results")
                    .fix("The job goes on until the iterator is closed; close it")
                    .asException(e);
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The job has no further results");
        }
        int length = reader.readInt();
        int end = reader.position() + length;
        T element = serializer.deserialize(reader);
        reader.setPosition(end);
        return element;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        batches.close();
        if (!ended) {
            ended = true;
            // A job that has ended by now refuses the cancel, which is as good.
            client.cancel().handle((done, refused) -> null).join();
        }
    }
}
