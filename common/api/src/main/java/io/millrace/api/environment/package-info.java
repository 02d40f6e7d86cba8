/** Where a program starts to describe a job, and the settings of the job as a whole. */
@NullMarked
package io.millrace.api.environment;

import org.jspecify.annotations.NullMarked;
