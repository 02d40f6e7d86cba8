/** Classes of another package, as of a library that a job extends. */
@NullMarked
package io.millrace.common.serde.elsewhere;

import org.jspecify.annotations.NullMarked;
