/** Types of elements, keys and state, and their serializers. */
@NullMarked
package io.millrace.api.types;

import org.jspecify.annotations.NullMarked;
