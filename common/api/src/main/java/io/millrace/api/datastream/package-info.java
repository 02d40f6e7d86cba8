/** Streams and what can be done with them. */
@NullMarked
package io.millrace.api.datastream;

import org.jspecify.annotations.NullMarked;
