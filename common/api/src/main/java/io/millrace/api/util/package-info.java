/** Collector and output tags. */
@NullMarked
package io.millrace.api.util;

import org.jspecify.annotations.NullMarked;
