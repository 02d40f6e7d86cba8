/** Time as it is handed in. */
@NullMarked
package io.millrace.common.core.time;

import org.jspecify.annotations.NullMarked;
