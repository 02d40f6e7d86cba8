/** State as a function sees it: per key, and of its operator. */
@NullMarked
package io.millrace.api.state;

import org.jspecify.annotations.NullMarked;
