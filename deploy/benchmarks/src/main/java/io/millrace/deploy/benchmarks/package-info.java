/** JMH benchmarks and the workload suite. Outside the default build: profile benchmarks. */
@NullMarked
package io.millrace.deploy.benchmarks;

import org.jspecify.annotations.NullMarked;
