/** Metrics of a process in Prometheus' form, and the small HTTP server that shows them. */
@NullMarked
package io.millrace.common.metrics;

import org.jspecify.annotations.NullMarked;
