/** What the job writes: one record per kind of line, each knowing its JSON. */
@NullMarked
package io.millrace.client.examples.loganalysis.output;

import org.jspecify.annotations.NullMarked;
