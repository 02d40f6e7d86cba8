package io.millrace.api.plan.builder;

/** Whether an operator may run in the same task as its neighbours, called directly. */
public enum Chaining {
    /** With the operator before and with those behind. */
    ALLOWED,
    /** With those behind only. */
    HEAD,
    /** With none. */
    NEVER
}
