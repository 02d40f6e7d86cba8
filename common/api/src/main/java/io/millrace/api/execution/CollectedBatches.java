package io.millrace.api.execution;

import org.jspecify.annotations.Nullable;

/**
 * The elements that a collecting sink took in, batch by batch: each exactly once, and in order per subtask. A batch is
 * its elements one after another, each as {@code BinaryWriter.writeInt(length)} followed by that many bytes. For one
 * thread.
 */
public interface CollectedBatches extends AutoCloseable {

    /**
     * Waits for the next batch. Taking one tells the job that the batches before it were consumed.
     *
     * @return null when the job has finished and every batch was taken
     * @throws io.millrace.common.core.error.MillraceException if the job failed or was cancelled
     */
    byte @Nullable [] next() throws InterruptedException;

    /** Stops following; the job itself goes on. */
    @Override
    void close();
}
