package io.millrace.client.connectors.kafka;

import io.millrace.common.core.error.ErrorCode;

/** What can go wrong with Kafka. */
public enum KafkaErrors implements ErrorCode {
    /** A source or sink lacks a setting it needs, or has two that do not go together. */
    KAFKA_SETTING_INVALID,
    /** A property that a job must not set. */
    KAFKA_PROPERTY_REFUSED,
    /** No broker answered for as long as the connector waits. */
    KAFKA_UNREACHABLE,
    /** The cluster refuses this client what it asks for. */
    KAFKA_ACCESS_DENIED,
    /** A topic does not exist. */
    KAFKA_TOPIC_MISSING,
    /** A partition that was read from is gone. */
    KAFKA_PARTITIONS_SHRANK,
    /** A topic that was read from was deleted and made again. */
    KAFKA_TOPIC_REPLACED,
    /** The position of a partition is not, or no longer, in its log. */
    KAFKA_OFFSET_OUT_OF_RANGE,
    /** The group has no committed offset for a partition, and nothing says where to start then. */
    KAFKA_NO_COMMITTED_OFFSET,
    /** A record is not what the deserializer expects. */
    KAFKA_RECORD_UNREADABLE,
    /** Reading failed otherwise. */
    KAFKA_READ_FAILED,
    /** Writing failed otherwise. */
    KAFKA_WRITE_FAILED,
    /** A transaction could be timed out by the broker before its checkpoint is complete. */
    TXN_TIMEOUT_TOO_SHORT,
    /** A prepared transaction was aborted, mostly by its time-out: its records are lost from the output. */
    TXN_TIMEOUT,
    /** Another producer took over a transactional id: a newer attempt of the job, or another job. */
    TXN_FENCED,
    /** Whether a prepared transaction was committed cannot be found out any more. */
    TXN_OUTCOME_UNKNOWN
}
