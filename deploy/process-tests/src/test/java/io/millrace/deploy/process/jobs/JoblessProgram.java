package io.millrace.deploy.process.jobs;

import io.millrace.api.environment.StreamExecutionEnvironment;

/** A program that describes a job and never executes it. */
public final class JoblessProgram {

    private JoblessProgram() {}

    public static void main(String[] arguments) {
        StreamExecutionEnvironment.getExecutionEnvironment().fromSequence(1, 3).print();
    }
}
