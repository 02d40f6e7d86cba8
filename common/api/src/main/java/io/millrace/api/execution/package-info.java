/** How a job that was built is run: what an executor supplies, and what it gives back. */
@NullMarked
package io.millrace.api.execution;

import org.jspecify.annotations.NullMarked;
