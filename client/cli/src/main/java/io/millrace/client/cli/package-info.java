/** The millrace command: runs jobs, starts local clusters and shows what they do. */
@NullMarked
package io.millrace.client.cli;

import org.jspecify.annotations.NullMarked;
