/** Rate-limited generator source. */
@NullMarked
package io.millrace.client.connectors.generator;

import org.jspecify.annotations.NullMarked;
