/** The job's functions: thin layers that give readers and rules their input, state and timers. */
@NullMarked
package io.millrace.client.examples.loganalysis.functions;

import org.jspecify.annotations.NullMarked;
