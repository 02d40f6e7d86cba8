/** How the API tells the runtime what an operator does. For the engine; job authors never use it. */
@NullMarked
package io.millrace.api.plan;

import org.jspecify.annotations.NullMarked;
