package io.millrace.deploy.process.jobs;

/** A program that ends before it has a job. */
public final class ThrowingProgram {

    private ThrowingProgram() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            throw new IllegalStateException("no settings for " + ThrowingProgram.class.getSimpleName());
        }
    }
}
