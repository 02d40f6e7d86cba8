package io.millrace.api.sink;

/** What a failure may do to the output of a sink. */
public enum DeliveryGuarantee {
    /** Each element is visible once. Needs checkpoints; output becomes visible when one is complete. */
    EXACTLY_ONCE,
    /** No element is lost; after a failure some are there twice. Needs checkpoints. */
    AT_LEAST_ONCE,
    /** Elements may be lost or be there twice. */
    NONE
}
