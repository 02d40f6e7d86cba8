/** The side-by-side runs: starts each engine's processes, runs the workloads in turn, and reports. */
@NullMarked
package io.millrace.deploy.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
