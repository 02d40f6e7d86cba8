/** Identifiers and the numbers that fence stale messages. */
@NullMarked
package io.millrace.common.core.id;

import org.jspecify.annotations.NullMarked;
