/** Tests of the distribution as a user has it: one command, real processes, jobs as jars. */
@NullMarked
package io.millrace.deploy.process;

import org.jspecify.annotations.NullMarked;
