/** A stand-in for the engine around a source. */
@NullMarked
package io.millrace.api.source;

import org.jspecify.annotations.NullMarked;
