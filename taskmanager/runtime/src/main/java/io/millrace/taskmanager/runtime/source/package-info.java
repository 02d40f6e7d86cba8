/** The two halves of a source: the enumerator that finds splits and the reader that emits their elements. */
@NullMarked
package io.millrace.taskmanager.runtime.source;

import org.jspecify.annotations.NullMarked;
