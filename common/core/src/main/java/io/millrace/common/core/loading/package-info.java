/** How the classes of a job are found, on the client and on TaskManagers alike. */
@NullMarked
package io.millrace.common.core.loading;

import org.jspecify.annotations.NullMarked;
