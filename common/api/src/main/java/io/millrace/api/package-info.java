/**
 * What a job author compiles against: the DataStream API, its functions, state, time and the source and sink
 * contracts.
 */
@NullMarked
package io.millrace.api;

import org.jspecify.annotations.NullMarked;
