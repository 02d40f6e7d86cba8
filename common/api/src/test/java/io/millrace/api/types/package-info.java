/** Tests of types. */
@NullMarked
package io.millrace.api.types;

import org.jspecify.annotations.NullMarked;
