package io.millrace.api.sink.lib;

import io.millrace.api.sink.OutputLines;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;

/**
 * Prints elements to the job's output, one line each. Lines start with {@code label:n> } at a parallelism over one, n
 * being the subtask from 1, else with {@code label> }; without a label with {@code n> } or nothing.
 */
public final class PrintSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final String label;
    private final boolean error;

    /** @param error whether the lines belong to the error stream */
    public PrintSink(String label, boolean error) {
        this.label = label;
        this.error = error;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        int parallelism = context.getTaskInfo().getNumberOfParallelSubtasks();
        int subtask = context.getTaskInfo().getIndexOfThisSubtask() + 1;
        return new Writer<>(prefix(label, subtask, parallelism), error, context.outputLines());
    }

    private static String prefix(String label, int subtask, int parallelism) {
        if (parallelism == 1) {
            return label.isEmpty() ? "" : label + "> ";
        }
        return (label.isEmpty() ? "" : label + ":") + subtask + "> ";
    }

    @Override
    public String toString() {
        return "Print to Std. " + (error ? "Err" : "Out");
    }

    private record Writer<T>(String prefix, boolean error, OutputLines lines) implements SinkWriter<T> {
        @Override
        public void write(T element, Context context) {
            String text = prefix + element;
            if (text.indexOf('\n') < 0) {
                lines.print(text, error);
                return;
            }
            for (String line : text.split("\\R", -1)) {
                lines.print(line, error);
            }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
