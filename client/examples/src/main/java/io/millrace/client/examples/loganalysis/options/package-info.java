/** The command line of the log analysis. */
@NullMarked
package io.millrace.client.examples.loganalysis.options;

import org.jspecify.annotations.NullMarked;
