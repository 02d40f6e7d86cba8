/** Running the main() of a job in the client, and the jobs that it submits. */
@NullMarked
package io.millrace.client.cli.program;

import org.jspecify.annotations.NullMarked;
