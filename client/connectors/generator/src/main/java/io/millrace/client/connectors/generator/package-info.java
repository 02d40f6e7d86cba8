/** Elements made by a function, at a given rate. */
@NullMarked
package io.millrace.client.connectors.generator;

import org.jspecify.annotations.NullMarked;
