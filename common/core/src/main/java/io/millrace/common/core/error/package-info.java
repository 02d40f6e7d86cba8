/** The three kinds of error: a bug, a failure with a code, an expected outcome. */
@NullMarked
package io.millrace.common.core.error;

import org.jspecify.annotations.NullMarked;
