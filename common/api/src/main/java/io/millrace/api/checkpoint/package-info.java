/** How functions take part in checkpoints. */
@NullMarked
package io.millrace.api.checkpoint;

import org.jspecify.annotations.NullMarked;
