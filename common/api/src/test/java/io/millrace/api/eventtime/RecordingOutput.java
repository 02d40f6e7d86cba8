package io.millrace.api.eventtime;

import java.util.ArrayList;
import java.util.List;

/** Notes what a generator says. */
public final class RecordingOutput implements WatermarkOutput {
    private final List<String> said = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
        said.add(String.valueOf(watermark.timestamp()));
    }

    @Override
    public void markIdle() {
        said.add("idle");
    }

    @Override
    public void markActive() {
        said.add("active");
    }

    /** What was said since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(said);
        said.clear();
        return taken;
    }
}
