package io.millrace.client.examples.loganalysis.sources;

import io.millrace.client.examples.loganalysis.traffic.TrafficGenerator;
import io.millrace.client.examples.loganalysis.traffic.TrafficPlan;
import io.millrace.client.examples.loganalysis.traffic.TutorialTraffic;
import java.io.Serializable;

/** Makes the lines of a {@link TrafficSource}. */
public sealed interface LineMaker extends Serializable {

    /** Events of one user are all in the same lane; a lane is read by one reader. */
    int lanes();

    /** Makes lines on a reader's thread. */
    Lines open();

    /** Lines by index. */
    interface Lines {
        /** @param nowMillis wall-clock time, milliseconds since 1970-01-01T00:00Z */
        String line(long index, long nowMillis);
    }

    /** Traffic of a shop, the same in every run. */
    record Shop(TrafficPlan plan) implements LineMaker {
        private static final long serialVersionUID = 1L;

        @Override
        public int lanes() {
            return plan.lanes();
        }

        @Override
        public Lines open() {
            TrafficGenerator generator = new TrafficGenerator(plan);
            return (index, nowMillis) -> generator.line(index);
        }
    }

    /** The tutorial's test data, stamped with the wall clock. */
    record Tutorial(long seed) implements LineMaker {
        private static final long serialVersionUID = 1L;
        private static final int LANES = 1024;

        @Override
        public int lanes() {
            return LANES;
        }

        @Override
        public Lines open() {
            TutorialTraffic traffic = new TutorialTraffic(seed);
            return (index, nowMillis) -> traffic.event(index, nowMillis / 1000).toJson();
        }
    }
}
