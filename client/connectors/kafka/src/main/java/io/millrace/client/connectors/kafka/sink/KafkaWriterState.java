package io.millrace.client.connectors.kafka.sink;

import java.util.List;

/**
 * What tells the writers of the next run which transactions of this one are prepared and which are left over.
 *
 * @param prefix of the transactional ids
 * @param job the job's id
 * @param origin see {@link TransactionId}
 * @param subtask the writer
 * @param prepared the transactions whose commit was not known to have happened
 */
public record KafkaWriterState(String prefix, String job, long origin, int subtask, List<Prepared> prepared) {

    public KafkaWriterState {
        prepared = List.copyOf(prepared);
    }

    /**
     * A transaction that waits for its commit.
     *
     * @param number of the producer
     */
    public record Prepared(int number, long producerId, int epoch) {}
}
