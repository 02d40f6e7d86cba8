package io.millrace.taskmanager.runtime.task;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.lib.NumberSequenceSource;
import io.millrace.api.source.lib.RangeSplit;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;
import io.millrace.taskmanager.runtime.snapshot.VersionedStates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Which numbers of a sequence from 1 a part of a source's snapshot says are still to be read. */
final class Remainders {

    private Remainders() {}

    static List<Long> of(SnapshotPart part, long size) {
        NumberSequenceSource source = new NumberSequenceSource(1, size);
        try {
            return switch (part.kind()) {
                case SPLITS -> numbers(states(source.getSplitSerializer(), part));
                case ENUMERATOR ->
                    numbers(states(source.getEnumeratorCheckpointSerializer(), part)
                            .get(0));
                default -> List.of();
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> List<T> states(SimpleVersionedSerializer<T> serializer, SnapshotPart part) throws IOException {
        List<T> states = VersionedStates.decode(serializer, part.blocks().get(0));
        if (states.size() != part.entries()) {
            throw new AssertionError("The part says " + part.entries() + " entries, it has " + states.size());
        }
        return states;
    }

    private static List<Long> numbers(List<RangeSplit> splits) {
        List<Long> numbers = new ArrayList<>();
        for (RangeSplit split : splits) {
            LongStream.range(1 + split.next(), 1 + split.end()).forEach(numbers::add);
        }
        return numbers;
    }
}
