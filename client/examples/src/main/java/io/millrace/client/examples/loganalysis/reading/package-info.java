/** Readers that turn one line of a log into events, a rejection, or nothing. */
@NullMarked
package io.millrace.client.examples.loganalysis.reading;

import org.jspecify.annotations.NullMarked;
