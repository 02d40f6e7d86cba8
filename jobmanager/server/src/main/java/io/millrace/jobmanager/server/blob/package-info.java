/** The blob store: job jars in a directory, by the SHA-256 of their content. */
@NullMarked
package io.millrace.jobmanager.server.blob;

import org.jspecify.annotations.NullMarked;
