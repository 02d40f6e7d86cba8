package io.millrace.deploy.architecture.bad.jobmanager.control;

import io.millrace.deploy.architecture.bad.taskmanager.runtime.ReadingOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A decider that reads a file and knows a TaskManager class. */
final class NosyDecider {
    ReadingOperator stranger = new ReadingOperator();

    String decide(Path path) throws IOException {
        return Files.readString(path);
    }
}
