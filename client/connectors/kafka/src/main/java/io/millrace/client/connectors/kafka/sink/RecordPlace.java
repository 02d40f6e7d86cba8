package io.millrace.client.connectors.kafka.sink;

/** Where a record lies. */
public record RecordPlace(String topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
