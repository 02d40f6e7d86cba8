package io.millrace.client.connectors.kafka.source;

import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.client.connectors.kafka.KafkaProblems;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer and the one thread that uses it. What it polls waits in a bounded queue: while that is full nothing is
 * polled. Commands reach the thread through another queue and wake it up.
 */
final class PartitionFetcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionFetcher.class);
    private static final int QUEUED_BATCHES = 2;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long OFFER_MILLIS = 100;
    private static final long CLOSE_MILLIS = 5_000;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final LongSupplier nanoTime;
    private final String place;
    private final BlockingQueue<FetchedBatch> batches = new ArrayBlockingQueue<>(QUEUED_BATCHES);
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final AtomicReference<CompletableFuture<Void>> arrival = new AtomicReference<>(new CompletableFuture<>());
    private final AtomicReference<@Nullable Consumer<byte[], byte[]>> waking = new AtomicReference<>();
    private final AtomicReference<@Nullable MillraceException> failure = new AtomicReference<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread thread;

    private final Set<TopicPartition> assigned = new HashSet<>();
    private final QuietPartitions quiet = new QuietPartitions();

    /** What the thread is to do with its consumer. */
    @FunctionalInterface
    private interface Command {
        void run(Consumer<byte[], byte[]> consumer);
    }

    /**
     * @param consumers makes the consumer, on the fetcher's thread
     * @param place the source, for errors
     */
    PartitionFetcher(String name, Supplier<Consumer<byte[], byte[]>> consumers, LongSupplier nanoTime, String place) {
        this.consumers = consumers;
        this.nanoTime = nanoTime;
        this.place = place;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.thread.setContextClassLoader(PartitionFetcher.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Completes with the next batch, or a failure, that comes after this call. */
    CompletableFuture<Void> nextArrival() {
        CompletableFuture<Void> current = arrival.get();
        if (current.isDone()) {
            CompletableFuture<Void> next = new CompletableFuture<>();
            arrival.set(next);
            return next;
        }
        return current;
    }

    @Nullable
    FetchedBatch poll() {
        return batches.poll();
    }

    /** @throws MillraceException what ended the fetching; batches from before are still there */
    void throwIfFailed() {
        MillraceException found = failure.get();
        if (found != null) {
            throw found;
        }
    }

    void add(List<KafkaPartitionSplit> splits) {
        command(consumer -> {
            splits.forEach(split -> assigned.add(split.topicPartition()));
            consumer.assign(assigned);
            for (KafkaPartitionSplit split : splits) {
                consumer.seek(split.topicPartition(), split.position());
                quiet.begin(split.topicPartition(), nanoTime.getAsLong());
            }
        });
    }

    void remove(TopicPartition partition) {
        command(consumer -> {
            assigned.remove(partition);
            consumer.assign(assigned);
            quiet.end(partition);
        });
    }

    /** Tells the group how far it is, for people who watch it. */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        command(consumer -> consumer.commitAsync(offsets, (committed, exception) -> {
            if (exception != null) {
                LOG.warn("source=kafka place='{}' event=offsets-not-committed reason={}", place, exception.toString());
            }
        }));
    }

    private void command(Command command) {
        commands.add(command);
        Consumer<byte[], byte[]> consumer = waking.get();
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run() {
        try {
            Consumer<byte[], byte[]> consumer = consumers.get();
            waking.set(consumer);
            try {
                fetch(consumer);
            } finally {
                waking.set(null);
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            }
        } catch (InterruptedException | InterruptException closed) {
            // Only close() interrupts.
        } catch (MillraceException e) {
            failure.set(e);
        } catch (RuntimeException e) {
            failure.set(KafkaProblems.of(e, KafkaErrors.KAFKA_READ_FAILED, "Reading failed", place));
        } finally {
            arrival.get().complete(null);
        }
    }

    private void fetch(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        while (!closing.get()) {
            try {
                runCommands(consumer);
                if (!assigned.isEmpty()) {
                    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                    handOver(new FetchedBatch(records, quiet.after(records, consumer, nanoTime.getAsLong())));
                }
            } catch (WakeupException commanded) {
                // The loop looks at its commands.
            } catch (OffsetOutOfRangeException e) {
                throw outOfRange(e, consumer);
            }
        }
    }

    private void runCommands(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        if (assigned.isEmpty()) {
            commands.take().run(consumer);
        }
        List<Command> waiting = new ArrayList<>();
        commands.drainTo(waiting);
        waiting.forEach(command -> command.run(consumer));
    }

    private void handOver(FetchedBatch batch) throws InterruptedException {
        if (batch.records().nextOffsets().isEmpty()
                && batch.records().isEmpty()
                && batch.quiet().isEmpty()) {
            return;
        }
        long before = nanoTime.getAsLong();
        boolean blocked = false;
        while (!closing.get() && !batches.offer(batch, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
            blocked = true;
        }
        if (blocked) {
            quiet.blockedFor(nanoTime.getAsLong() - before);
        }
        arrival.get().complete(null);
    }

    private MillraceException outOfRange(OffsetOutOfRangeException e, Consumer<byte[], byte[]> consumer) {
        StringBuilder found = new StringBuilder();
        e.offsetOutOfRangePartitions().forEach((partition, offset) -> found.append(found.isEmpty() ? "" : ", ")
                .append(partition)
                .append(" at offset ")
                .append(offset));
        return Problem.of(KafkaErrors.KAFKA_OFFSET_OUT_OF_RANGE, "The log does not reach to " + found)
                .at(place)
                .because(range(e.offsetOutOfRangePartitions().keySet(), consumer))
                .fix("Records were deleted before they were read (look at the topic's retention), or the topic was made"
                        + " again; start the job afresh to go on without them")
                .asException(e);
    }

    private static String range(Set<TopicPartition> partitions, Consumer<byte[], byte[]> consumer) {
        try {
            return "it holds offsets from " + consumer.beginningOffsets(partitions, POLL.multipliedBy(10)) + " up to "
                    + consumer.endOffsets(partitions, POLL.multipliedBy(10));
        } catch (KafkaException unknown) {
            return "what it holds could not be found out: " + unknown.getMessage();
        }
    }

    /** Ends the thread; waits for it some seconds at most. */
    @Override
    public void close() {
        closing.set(true);
        command(consumer -> {});
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
