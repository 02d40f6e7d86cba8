/** Tests of the built-in sinks. */
@NullMarked
package io.millrace.api.sink.lib;

import org.jspecify.annotations.NullMarked;
