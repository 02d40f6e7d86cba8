package io.millrace.api.plan;

import io.millrace.api.types.TypeInformation;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an {@code OperatorNode}, written with Java serialization.
 *
 * @param spec what the operator does
 * @param sideOutputs the type of each side output that somebody reads, by the tag's id
 * @param keying the key of the elements where a plain map, flat map, filter or process function follows {@code keyBy}:
 *     its rich form may use keyed state, so the current key is set before each call. Null elsewhere; the keyed
 *     specifications bring their own
 */
public record OperatorPlan(
        OperatorSpec spec,
        Map<String, TypeInformation<?>> sideOutputs,
        @Nullable Keying<?, ?> keying) implements Serializable {

    /** The plan of an operator without a key beside its specification. */
    public OperatorPlan(OperatorSpec spec, Map<String, TypeInformation<?>> sideOutputs) {
        this(spec, sideOutputs, null);
    }
}
