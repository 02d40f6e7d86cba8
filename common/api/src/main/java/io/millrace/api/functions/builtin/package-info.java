/** The functions behind {@code sum} and {@code count}. For the engine; job authors never use it. */
@NullMarked
package io.millrace.api.functions.builtin;

import org.jspecify.annotations.NullMarked;
