/** One job: its subtasks, where they run, and how it ends. */
@NullMarked
package io.millrace.jobmanager.control.job;

import org.jspecify.annotations.NullMarked;
