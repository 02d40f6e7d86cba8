package io.millrace.api.plan;

import io.millrace.api.types.TypeInformation;
import java.io.Serializable;
import java.util.Map;

/**
 * The payload of an {@code OperatorNode}, written with Java serialization.
 *
 * @param spec what the operator does
 * @param sideOutputs the type of each side output that somebody reads, by the tag's id
 */
public record OperatorPlan(OperatorSpec spec, Map<String, TypeInformation<?>> sideOutputs) implements Serializable {}
