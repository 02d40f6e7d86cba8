/** Tests of the built-in sources. */
@NullMarked
package io.millrace.api.source.lib;

import org.jspecify.annotations.NullMarked;
