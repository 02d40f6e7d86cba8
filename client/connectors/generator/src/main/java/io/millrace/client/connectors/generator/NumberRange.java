package io.millrace.client.connectors.generator;

import io.millrace.api.source.SourceSplit;

/**
 * Numbers still to be generated.
 *
 * @param part which part of the whole this was at the start
 * @param next the next number
 * @param end the number after the last
 */
public record NumberRange(int part, long next, long end) implements SourceSplit {
    @Override
    public String splitId() {
        return "part-" + part;
    }
}
