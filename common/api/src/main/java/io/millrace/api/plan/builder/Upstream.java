package io.millrace.api.plan.builder;

import io.millrace.api.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * One of the outputs that make up a stream, and how its elements travel on.
 *
 * @param sideOutput null for the main output
 */
public record Upstream<T>(
        OperatorDraft<?, ?> from, @Nullable OutputTag<T> sideOutput, ExchangeDraft<T, ?> exchange) {

    /** The same output with another exchange. */
    public Upstream<T> by(ExchangeDraft<T, ?> newExchange) {
        return new Upstream<>(from, sideOutput, newExchange);
    }

    String sideOutputId() {
        return sideOutput == null ? "" : sideOutput.getId();
    }

    /**
     * The type of the elements.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE}
     */
    @SuppressWarnings("unchecked") // a stream of T is made from the main output of an operator of T only
    public StreamType<T> type() {
        return sideOutput == null
                ? (StreamType<T>) from.outputType()
                : from.atThisPlace(() -> FunctionTypes.ofTag(sideOutput));
    }
}
