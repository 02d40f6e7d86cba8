/** The input model of the log analysis: one event. */
@NullMarked
package io.millrace.client.examples.loganalysis.event;

import org.jspecify.annotations.NullMarked;
