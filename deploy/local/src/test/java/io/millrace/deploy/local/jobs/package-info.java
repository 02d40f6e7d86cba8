/** Programs that tests pack into jars of their own and submit. */
@NullMarked
package io.millrace.deploy.local.jobs;

import org.jspecify.annotations.NullMarked;
