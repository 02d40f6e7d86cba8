/** What reaches the control plane and what it answers: events, commands, settings, errors. */
@NullMarked
package io.millrace.jobmanager.control.contract;

import org.jspecify.annotations.NullMarked;
