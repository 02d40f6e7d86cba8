package io.millrace.api.functions;

/**
 * A function with a life cycle: {@link #open} once before the first element, {@link #close} once at the end, in any
 * case.
 */
public interface RichFunction extends Function {
    void open(OpenContext openContext) throws Exception;

    void close() throws Exception;

    RuntimeContext getRuntimeContext();

    /** Called by the engine before {@link #open}. */
    void setRuntimeContext(RuntimeContext context);
}
