/** The JobManager as the client calls it. */
@NullMarked
package io.millrace.client.cli.cluster;

import org.jspecify.annotations.NullMarked;
