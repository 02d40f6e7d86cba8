/** The checks that a job's jar passes before anything is sent. */
@NullMarked
package io.millrace.client.cli.jar;

import org.jspecify.annotations.NullMarked;
