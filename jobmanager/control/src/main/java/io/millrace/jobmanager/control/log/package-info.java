/** What the metadata log says of jobs, read back. */
@NullMarked
package io.millrace.jobmanager.control.log;

import org.jspecify.annotations.NullMarked;
