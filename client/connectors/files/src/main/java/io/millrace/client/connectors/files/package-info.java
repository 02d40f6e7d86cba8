/** File source and file sink. */
@NullMarked
package io.millrace.client.connectors.files;

import org.jspecify.annotations.NullMarked;
