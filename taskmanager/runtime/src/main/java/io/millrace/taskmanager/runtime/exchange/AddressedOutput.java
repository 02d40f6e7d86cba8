package io.millrace.taskmanager.runtime.exchange;

import io.millrace.taskmanager.runtime.stream.OperatorScope;
import org.jspecify.annotations.Nullable;

/** To the channel that each element names itself: from a split enumerator to the readers. */
public final class AddressedOutput extends GateOutput {

    public AddressedOutput(OperatorScope scope, OutputChannel[] channels) {
        super(scope, channels);
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        channels[((Addressed) value).channel()].element(value, timestamp);
    }

    /** An element that knows where it goes. */
    public interface Addressed {
        /** The index of the consumer. */
        int channel();
    }
}
