package io.millrace.client.examples.loganalysis.sources;

import io.millrace.api.source.SourceSplit;
import io.millrace.client.examples.loganalysis.traffic.TrafficSplit;

/**
 * The lanes of one reader and how far it has come.
 *
 * @param position how many lines of the split are made
 */
public record TrafficPart(TrafficSplit split, long position) implements SourceSplit {

    @Override
    public String splitId() {
        return "traffic-" + split.split() + "-of-" + split.splits();
    }

    TrafficPart at(long newPosition) {
        return new TrafficPart(split, newPosition);
    }
}
