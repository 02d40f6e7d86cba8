/** The process metrics registry and its Prometheus endpoint. */
@NullMarked
package io.millrace.common.metrics;

import org.jspecify.annotations.NullMarked;
