/** Tests of the workloads. */
@NullMarked
package io.millrace.deploy.benchmarks.workloads;

import org.jspecify.annotations.NullMarked;
