/** Tuples of up to 25 fields, for results that are not worth a record of their own. */
@NullMarked
package io.millrace.api.tuple;

import org.jspecify.annotations.NullMarked;
