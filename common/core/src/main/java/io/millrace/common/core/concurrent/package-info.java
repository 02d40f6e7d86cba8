/** Everything that crosses threads: agents, their hosts, and the few types they hand each other things through. */
@NullMarked
package io.millrace.common.core.concurrent;

import org.jspecify.annotations.NullMarked;
