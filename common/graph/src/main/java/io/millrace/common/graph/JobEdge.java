package io.millrace.common.graph;

/**
 * A stream between two vertices.
 *
 * @param id unique within the job graph, from 0
 * @param sourceVertex producing vertex
 * @param sourceOperator the operator of the producing chain whose output feeds the edge
 * @param sideOutput the id of the side output that feeds the edge; empty for the main output
 * @param targetVertex consuming vertex; its head operator receives the elements
 * @param targetInput which input of the head operator, from 0
 * @param payload the serialized exchange specification (element type, key selector, partitioner)
 */
public record JobEdge(
        int id,
        int sourceVertex,
        int sourceOperator,
        String sideOutput,
        int targetVertex,
        int targetInput,
        ExchangeKind kind,
        OpaqueBytes payload) {}
