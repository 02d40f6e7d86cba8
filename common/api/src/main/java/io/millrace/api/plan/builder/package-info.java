/** From the calls of a job author to a job graph: drafts of operators, types, chains, checks, serialization. */
@NullMarked
package io.millrace.api.plan.builder;

import org.jspecify.annotations.NullMarked;
