package io.millrace.deploy.process.jobs;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.functions.MapFunction;

/** A job with a function that holds, two fields away, what cannot be sent. */
public final class UnserializableJob {

    private UnserializableJob() {}

    public static void main(String[] arguments) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(1, 3).map(new Lookup(new Directory())).print();
        env.execute("unserializable");
    }

    /** Can be sent itself. */
    static final class Directory implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // what the test is about
        final Thread refresher = new Thread("never started");
    }

    private record Lookup(Directory directory) implements MapFunction<Long, String> {

        @Override
        public String map(Long value) {
            return value + directory.refresher.getName();
        }
    }
}
