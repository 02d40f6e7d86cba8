/**
 * Small shared ground of every Millrace process: ids, errors, configuration, clock, agents and their hand-off queues.
 */
@NullMarked
package io.millrace.common.core;

import org.jspecify.annotations.NullMarked;
