/** Keyed state as a function sees it. */
@NullMarked
package io.millrace.api.state;

import org.jspecify.annotations.NullMarked;
