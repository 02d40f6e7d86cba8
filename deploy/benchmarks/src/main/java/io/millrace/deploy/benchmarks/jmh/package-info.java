/** Benchmarks of single parts of the engine with JMH. */
@NullMarked
package io.millrace.deploy.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
