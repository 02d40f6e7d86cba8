/** Clusters of background processes on this machine. */
@NullMarked
package io.millrace.client.cli.local;

import org.jspecify.annotations.NullMarked;
