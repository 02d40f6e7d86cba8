/** Sources that need no other system. */
@NullMarked
package io.millrace.api.source.lib;

import org.jspecify.annotations.NullMarked;
