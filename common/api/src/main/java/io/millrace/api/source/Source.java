package io.millrace.api.source;

import io.millrace.api.execution.JobTerms;
import java.io.Serializable;

/**
 * A source of elements: a factory of one enumerator, which finds splits and hands them out, and of one reader per
 * subtask.
 *
 * @param <T> elements
 * @param <SplitT> splits
 * @param <EnumChkT> an enumerator's checkpoint
 */
public interface Source<T, SplitT extends SourceSplit, EnumChkT> extends Serializable {
    Boundedness getBoundedness();

    SourceReader<T, SplitT> createReader(SourceReaderContext readerContext) throws Exception;

    SplitEnumerator<SplitT, EnumChkT> createEnumerator(SplitEnumeratorContext<SplitT> enumContext) throws Exception;

    SplitEnumerator<SplitT, EnumChkT> restoreEnumerator(SplitEnumeratorContext<SplitT> enumContext, EnumChkT checkpoint)
            throws Exception;

    SimpleVersionedSerializer<SplitT> getSplitSerializer();

    SimpleVersionedSerializer<EnumChkT> getEnumeratorCheckpointSerializer();

    /**
     * Called when the job graph is built, on the client; does no I/O.
     *
     * @throws io.millrace.common.core.error.MillraceException if this source cannot work in such a job; it is told with
     *     the line that added the source
     */
    default void validate(JobTerms terms) {}
}
