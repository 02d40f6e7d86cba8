package io.millrace.deploy.process.jobs;

import io.millrace.api.environment.StreamExecutionEnvironment;

/** A job that runs until it is cancelled. */
public final class EndlessJob {

    private EndlessJob() {}

    public static void main(String[] arguments) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(0, Long.MAX_VALUE - 1).filter(number -> number < 0).print();
        env.execute("endless");
    }
}
