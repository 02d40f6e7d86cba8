package io.millrace.deploy.process.jobs;

import io.millrace.api.environment.StreamExecutionEnvironment;

/** A job whose results nobody takes. */
public final class SinklessJob {

    private SinklessJob() {}

    public static void main(String[] arguments) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(1, 3).map(number -> number + 1);
        env.execute("sinkless");
    }
}
