/** Lines of files as a stream, and a stream as files. */
@NullMarked
package io.millrace.client.connectors.files;

import org.jspecify.annotations.NullMarked;
