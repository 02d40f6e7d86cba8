package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.RichFunction;
import io.millrace.api.functions.RuntimeContext;
import io.millrace.taskmanager.runtime.stream.OperatorScope;

/** Opens and closes a rich function. */
public final class FunctionLifecycle implements Lifecycle {
    private static final OpenContext OPEN_CONTEXT = new OpenContext() {};

    private final OperatorScope scope;
    private final RichFunction function;
    private final RuntimeContext context;

    public FunctionLifecycle(OperatorScope scope, RichFunction function, RuntimeContext context) {
        this.scope = scope;
        this.function = function;
        this.context = context;
    }

    @Override
    public void open() {
        try {
            function.setRuntimeContext(context);
            function.open(OPEN_CONTEXT);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    @Override
    public void close() {
        try {
            function.close();
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }
}
