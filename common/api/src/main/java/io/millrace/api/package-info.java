/** What a job author compiles against. */
@NullMarked
package io.millrace.api;

import org.jspecify.annotations.NullMarked;
