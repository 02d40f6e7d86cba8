/** Who may use how much memory, counted before it is used. */
@NullMarked
package io.millrace.common.core.memory;

import org.jspecify.annotations.NullMarked;
