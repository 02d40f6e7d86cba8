package io.millrace.common.graph.snapshot;

import io.millrace.common.graph.OpaqueBytes;

/**
 * How the entries of one state are to be read.
 *
 * @param state its name
 * @param description what the state's serializers are, in a form that a later version of the job can compare with its
 *     own; written and read by the state backends
 */
public record StateSchema(String state, OpaqueBytes description) {}
