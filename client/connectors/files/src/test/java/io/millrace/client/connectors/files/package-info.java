/** Tests of the file connector. */
@NullMarked
package io.millrace.client.connectors.files;

import org.jspecify.annotations.NullMarked;
