/** What jobs print and collect, on its way from TaskManagers to clients. */
@NullMarked
package io.millrace.jobmanager.control.output;

import org.jspecify.annotations.NullMarked;
