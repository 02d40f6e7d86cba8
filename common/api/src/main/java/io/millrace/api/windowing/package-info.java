/** Windows, what assigns them and what fires them. */
@NullMarked
package io.millrace.api.windowing;

import org.jspecify.annotations.NullMarked;
