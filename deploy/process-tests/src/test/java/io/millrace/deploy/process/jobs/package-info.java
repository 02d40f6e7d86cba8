/** Programs that are submitted as jars; most of them are wrong in one way each. */
@NullMarked
package io.millrace.deploy.process.jobs;

import org.jspecify.annotations.NullMarked;
