/** Jobs on whole clusters inside one JVM. */
@NullMarked
package io.millrace.deploy.local;

import org.jspecify.annotations.NullMarked;
