/**
 * Ids, epochs, configuration, coded errors, clock, agents and the queues between them: what every part of the
 * runtime stands on.
 */
@NullMarked
package io.millrace.common.core;

import org.jspecify.annotations.NullMarked;
