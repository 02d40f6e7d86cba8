/** Tests of sum, count and adapters. */
@NullMarked
package io.millrace.api.functions.builtin;

import org.jspecify.annotations.NullMarked;
