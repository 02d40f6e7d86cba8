/** Where the job's lines come from, each with its position. */
@NullMarked
package io.millrace.client.examples.loganalysis.sources;

import org.jspecify.annotations.NullMarked;
