/**
 * The workloads as Flink jobs. Every class has a twin of the same name for Millrace that differs in its imports only.
 */
@NullMarked
package io.millrace.deploy.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
