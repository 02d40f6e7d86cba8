package io.millrace.api.functions.builtin;

import io.millrace.api.functions.MergeableAggregate;
import io.millrace.api.functions.ReduceFunction;

/** The sum of one field; the other fields are those of the first element. The arguments stay as they are. */
public final class FieldSum<T> implements ReduceFunction<T>, MergeableAggregate {
    private static final long serialVersionUID = 1L;

    private final SummedField field;

    public FieldSum(SummedField field) {
        this.field = field;
    }

    @Override
    @SuppressWarnings("unchecked") // the field gives an object of the class of the one it is given
    public T reduce(T first, T second) throws Exception {
        FieldAccess access = field.accessTo(first.getClass());
        return (T) access.with(first, Numbers.add(field.number(access, first), field.number(access, second)));
    }
}
