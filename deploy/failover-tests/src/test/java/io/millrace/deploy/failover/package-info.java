/** Real processes and containers: kill, hang and partition. */
@NullMarked
package io.millrace.deploy.failover;

import org.jspecify.annotations.NullMarked;
