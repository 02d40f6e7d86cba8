package io.millrace.taskmanager.runtime.operator;

import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;

/**
 * One operator of a chain: takes elements as an {@link Output} of the operator before it and calls the next one
 * directly. Final classes without inner classes, lambdas or shared collectors, so that a chain position can have a
 * class of its own.
 */
public abstract class Operator extends Output {
    /** Names the operator in errors. */
    protected final OperatorScope scope;
    /** Where the elements of the main output go. */
    protected final Output out;
    /** Where watermarks, status and end of input go: the main output and all side outputs. */
    protected final Output control;
    /** Elements given to the main output, where that is not the number taken. */
    protected long emitted;

    protected Operator(OperatorScope scope, Output out, Output control) {
        this.scope = scope;
        this.out = out;
        this.control = control;
    }

    public final OperatorScope scope() {
        return scope;
    }

    /**
     * Elements given to the main output so far.
     *
     * @param taken elements that reached the operator so far
     */
    public long recordsOut(long taken) {
        return emitted;
    }

    /** Elements dropped because they came too late for every window. */
    public long lateRecords() {
        return 0;
    }

    /**
     * Before the first element: event time had come this far when the snapshot was taken that the task goes on from.
     * Nothing fires, for what was due has fired.
     *
     * @param watermark that reaches the operator; {@code Long.MIN_VALUE} for a fresh start
     * @return the watermark that leaves it
     */
    public long restoreWatermark(long watermark) {
        return watermark;
    }

    /** The job ends behind a savepoint that holds all that the operator has: it begins nothing any more. */
    public void stopped() {}

    /**
     * After the end of input, or when it is {@link #stopped}: whether nothing is left to be done, so that the task may
     * end.
     */
    public boolean isFinished() {
        return true;
    }

    @Override
    public void watermark(long timestamp) {
        control.watermark(timestamp);
    }

    @Override
    public void idle(boolean idle) {
        control.idle(idle);
    }

    @Override
    public void endOfInput() {
        control.endOfInput();
    }
}
