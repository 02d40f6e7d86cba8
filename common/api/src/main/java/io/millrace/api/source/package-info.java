/** The contract of a source: splits, their enumerator, their readers. */
@NullMarked
package io.millrace.api.source;

import org.jspecify.annotations.NullMarked;
