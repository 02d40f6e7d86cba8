/** Tests of tuples. */
@NullMarked
package io.millrace.api.tuple;

import org.jspecify.annotations.NullMarked;
