/** What a checkpoint consists of, as pure data: written into its manifest, sent with deployments. */
@NullMarked
package io.millrace.common.graph.snapshot;

import org.jspecify.annotations.NullMarked;
