/** Writing of JSON lines; no engine types. */
@NullMarked
package io.millrace.client.examples.loganalysis.json;

import org.jspecify.annotations.NullMarked;
