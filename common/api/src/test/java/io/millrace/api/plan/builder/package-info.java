/** Tests of type resolution, serialization and closures. */
@NullMarked
package io.millrace.api.plan.builder;

import org.jspecify.annotations.NullMarked;
