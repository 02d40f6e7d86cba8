/** The rules of the analysis on plain state values, without engine types. */
@NullMarked
package io.millrace.client.examples.loganalysis.rules;

import org.jspecify.annotations.NullMarked;
