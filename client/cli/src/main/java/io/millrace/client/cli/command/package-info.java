/** The verbs of the command line. */
@NullMarked
package io.millrace.client.cli.command;

import org.jspecify.annotations.NullMarked;
