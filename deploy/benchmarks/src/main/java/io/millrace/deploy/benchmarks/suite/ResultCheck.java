package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.Workload;
import java.io.IOException;
import java.util.List;

/**
 * Before anything is measured, every engine runs the workload over the same number of records and must give the same
 * results as the first one: an engine that drops or changes records has no throughput.
 */
final class ResultCheck {

    private final Bench bench;
    private final SuiteOptions options;

    ResultCheck(Bench bench, SuiteOptions options) {
        this.bench = bench;
        this.options = options;
    }

    /**
     * Fails when two engines disagree, or one loses records. The paced workload depends on the interleaving of splits.
     */
    void requireEqual(List<Engine> engines, Workload workload) throws IOException, InterruptedException {
        if (options.checkCount() == 0 || workload.isPaced() || engines.isEmpty()) {
            return;
        }
        Bench.Outcome expected = bench.outcome(engines.get(0), workload);
        if (expected.recordsIn() != options.checkCount()) {
            throw new IOException(engines.get(0).id() + " emitted " + expected.recordsIn() + " records of "
                    + workload.id() + ", expected " + options.checkCount());
        }
        for (Engine engine : engines.subList(1, engines.size())) {
            Bench.Outcome found = bench.outcome(engine, workload);
            if (!found.equals(expected)) {
                throw new IOException("results of " + workload.id() + " differ: "
                        + engines.get(0).id() + " gave " + expected + ", " + engine.id() + " gave " + found);
            }
        }
    }
}
