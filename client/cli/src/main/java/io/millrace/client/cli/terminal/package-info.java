/** What a command writes to: two streams, colours, tables. */
@NullMarked
package io.millrace.client.cli.terminal;

import org.jspecify.annotations.NullMarked;
