/** The contract of a sink: writers and, for exact output, committers. */
@NullMarked
package io.millrace.api.sink;

import org.jspecify.annotations.NullMarked;
