/** How elements become bytes and back in the systems that connectors talk to. */
@NullMarked
package io.millrace.api.serialization;

import org.jspecify.annotations.NullMarked;
