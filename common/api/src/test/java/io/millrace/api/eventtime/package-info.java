/** Tests of watermarks. */
@NullMarked
package io.millrace.api.eventtime;

import org.jspecify.annotations.NullMarked;
