/** TaskManagers and their slots: who is registered, alive, and has room. */
@NullMarked
package io.millrace.jobmanager.control.resource;

import org.jspecify.annotations.NullMarked;
