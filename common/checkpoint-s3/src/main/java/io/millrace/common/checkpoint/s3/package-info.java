/** Checkpoints in object stores that speak S3. */
@NullMarked
package io.millrace.common.checkpoint.s3;

import org.jspecify.annotations.NullMarked;
