/** Tests of the hand-over to executors. */
@NullMarked
package io.millrace.api.execution;

import org.jspecify.annotations.NullMarked;
