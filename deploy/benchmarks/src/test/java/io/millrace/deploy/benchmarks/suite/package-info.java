/** Tests of the suite. */
@NullMarked
package io.millrace.deploy.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
