/**
 * The workloads as Millrace jobs. Every class has a twin of the same name for Flink that differs in its imports only.
 */
@NullMarked
package io.millrace.deploy.benchmarks.millrace;

import org.jspecify.annotations.NullMarked;
