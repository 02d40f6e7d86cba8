package io.millrace.client.connectors.kafka.sink;

/**
 * A transaction with all its records acknowledged, ready to be committed. Id, producer id and epoch together name one
 * transaction and never another one.
 *
 * @param transactionalId the producer's name
 * @param producerId as the coordinator knows it
 * @param epoch of the producer while the transaction was open
 * @param witness one of its records: where the coordinator has forgotten what became of the transaction, whether this
 *     record is visible tells
 */
public record KafkaCommittable(String transactionalId, long producerId, int epoch, RecordPlace witness) {
    @Override
    public String toString() {
        return "transaction '" + transactionalId + "' (producer id " + producerId + ", epoch " + epoch
                + ", with a record at " + witness + ")";
    }
}
