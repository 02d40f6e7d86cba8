/**
 * Everything of a workload that does not depend on an engine: records, feeds, rules, probes and the plain Java loop.
 * The job classes of each engine only wire these together, so every engine does the same work.
 */
@NullMarked
package io.millrace.deploy.benchmarks.workloads;

import org.jspecify.annotations.NullMarked;
