/** Sinks that need no other system. */
@NullMarked
package io.millrace.api.sink.lib;

import org.jspecify.annotations.NullMarked;
