/** The files of a checkpoint, byte by byte: docs/protocol/checkpoint-files.md. */
@NullMarked
package io.millrace.common.checkpoint.format;

import org.jspecify.annotations.NullMarked;
