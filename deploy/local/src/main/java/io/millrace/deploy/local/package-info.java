/** A whole cluster in one JVM, for runs from an IDE, tests and small installations. */
@NullMarked
package io.millrace.deploy.local;

import org.jspecify.annotations.NullMarked;
