package io.millrace.common.graph;

/**
 * A direct call from one operator of a chain to the next.
 *
 * @param from producing operator's id
 * @param to consuming operator's id
 * @param input which input of the consumer, from 0
 * @param sideOutput the id of the side output that feeds the link; empty for the main output
 */
public record ChainLink(int from, int to, int input, String sideOutput) {}
