/** What every backend has to show: each module that has one runs these with its own. */
@NullMarked
package io.millrace.taskmanager.state.suite;

import org.jspecify.annotations.NullMarked;
