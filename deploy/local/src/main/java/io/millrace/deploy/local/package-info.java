/** A whole cluster inside one JVM: for programs started in an IDE, for tests, for small installations. */
@NullMarked
package io.millrace.deploy.local;

import org.jspecify.annotations.NullMarked;
