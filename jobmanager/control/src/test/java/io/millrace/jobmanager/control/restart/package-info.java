@NullMarked
package io.millrace.jobmanager.control.restart;

import org.jspecify.annotations.NullMarked;
