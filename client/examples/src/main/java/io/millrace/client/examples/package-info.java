/** Runnable example jobs, packaged as a user would package them; log analysis first. */
@NullMarked
package io.millrace.client.examples;

import org.jspecify.annotations.NullMarked;
