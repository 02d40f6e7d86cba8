package io.millrace.deploy.process.jobs;

import io.millrace.api.environment.StreamExecutionEnvironment;

/** A job that fails in user code after some records. */
public final class FailingJob {

    private FailingJob() {}

    public static void main(String[] arguments) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(1, 100)
                .map(number -> 1_000 / (50 - number))
                .name("Divide")
                .print();
        env.execute("failing");
    }
}
