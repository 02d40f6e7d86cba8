/** What a command can come to: coded errors and exit codes. */
@NullMarked
package io.millrace.client.cli.outcome;

import org.jspecify.annotations.NullMarked;
