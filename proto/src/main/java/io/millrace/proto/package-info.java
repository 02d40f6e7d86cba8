/** The control-plane messages and services as Protocol Buffers, with their generated stubs. No logic lives here. */
@NullMarked
package io.millrace.proto;

import org.jspecify.annotations.NullMarked;
