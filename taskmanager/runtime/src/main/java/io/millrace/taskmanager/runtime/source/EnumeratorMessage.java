package io.millrace.taskmanager.runtime.source;

import io.millrace.common.graph.OpaqueBytes;
import io.millrace.taskmanager.runtime.exchange.AddressedOutput;

/**
 * What an enumerator sends to a reader, in band on the assignment exchange. Splits and events are bytes on every path.
 */
sealed interface EnumeratorMessage extends AddressedOutput.Addressed {

    int reader();

    @Override
    default int channel() {
        return reader();
    }

    /**
     * A split to read.
     *
     * @param version of the split's serializer
     */
    record Assignment(int reader, int version, OpaqueBytes split) implements EnumeratorMessage {}

    /** No further splits will come. */
    record NoMoreSplits(int reader) implements EnumeratorMessage {}

    /** A source event, serialized. */
    record Event(int reader, OpaqueBytes event) implements EnumeratorMessage {}
}
