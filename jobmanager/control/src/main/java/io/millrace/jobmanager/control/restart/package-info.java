/** Whether and when a job that failed starts again. */
@NullMarked
package io.millrace.jobmanager.control.restart;

import org.jspecify.annotations.NullMarked;
