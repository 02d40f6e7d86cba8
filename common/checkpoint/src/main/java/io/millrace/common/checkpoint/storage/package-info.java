/** Where checkpoints are kept: one contract for directories and object stores. */
@NullMarked
package io.millrace.common.checkpoint.storage;

import org.jspecify.annotations.NullMarked;
