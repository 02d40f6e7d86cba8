/** The jars and class loaders of the jobs that run here. */
@NullMarked
package io.millrace.taskmanager.server.library;

import org.jspecify.annotations.NullMarked;
