/** gRPC channels and servers for the control plane: deadlines, retry, fencing. */
@NullMarked
package io.millrace.common.rpc;

import org.jspecify.annotations.NullMarked;
