/** How agents of this process answer the control agent. */
@NullMarked
package io.millrace.jobmanager.server.mail;

import org.jspecify.annotations.NullMarked;
