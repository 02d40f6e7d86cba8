/** Settings: every key typed, with its unit, default and description in one place. */
@NullMarked
package io.millrace.common.core.config;

import org.jspecify.annotations.NullMarked;
