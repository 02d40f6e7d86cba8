/** Clients of the blob store, for whoever uploads jars and whoever runs them. */
@NullMarked
package io.millrace.common.rpc.blob;

import org.jspecify.annotations.NullMarked;
