/** Tests of windows. */
@NullMarked
package io.millrace.api.windowing;

import org.jspecify.annotations.NullMarked;
