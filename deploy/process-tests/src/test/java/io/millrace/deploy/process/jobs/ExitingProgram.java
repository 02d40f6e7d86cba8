package io.millrace.deploy.process.jobs;

/** A program that ends its process. */
public final class ExitingProgram {

    private ExitingProgram() {}

    public static void main(String[] arguments) {
        System.exit(7);
    }
}
