package io.millrace.api.datastream;

import io.millrace.api.plan.builder.JobDraft;
import io.millrace.api.plan.builder.Upstream;
import java.util.List;

/** A side output of an operator. */
public final class SideOutputDataStream<T> extends DataStream<T> {

    SideOutputDataStream(JobDraft job, List<Upstream<T>> outputs) {
        super(job, outputs);
    }
}
