/** Jobs as their authors write them, and what becomes of them. */
@NullMarked
package io.millrace.common.api;

import org.jspecify.annotations.NullMarked;
