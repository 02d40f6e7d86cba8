package io.millrace.deploy.process.jobs;

import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.RichMapFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Lets elements pass slowly until the file {@code go} exists, then as they come. While the gate behind it is closed
 * next to nothing passes: barriers come to the gate's neighbours, but not past a channel that is full.
 */
final class Paced<T> extends RichMapFunction<T, T> {
    private static final long serialVersionUID = 1;
    /** Few enough that no step of the task takes long. */
    private static final int BURST = 8;
    /** A barrier waits for the elements that the source has in hand, so this is short. */
    private static final long CRAWL_MS = 5;

    private final String control;
    private final Gate keyed;
    private final long burstNanos;
    private transient boolean going;
    private transient int inBurst;

    /** @param perSecond how many pass before the file is there */
    Paced(String control, Gate keyed, long perSecond) {
        this.control = control;
        this.keyed = keyed;
        this.burstNanos = BURST * TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    @Override
    public void open(OpenContext context) {
        going = false;
        inBurst = 0;
    }

    @Override
    public T map(T element) throws InterruptedException {
        if (!going && keyed.isClosed()) {
            TimeUnit.MILLISECONDS.sleep(CRAWL_MS);
        } else if (!going && ++inBurst == BURST) {
            inBurst = 0;
            going = Files.exists(Path.of(control, "go"));
            if (!going) {
                TimeUnit.NANOSECONDS.sleep(burstNanos);
            }
        }
        return element;
    }
}
