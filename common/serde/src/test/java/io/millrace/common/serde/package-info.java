/** Tests of generated serializers and key hashers. */
@NullMarked
package io.millrace.common.serde;

import org.jspecify.annotations.NullMarked;
