/** The functions a job is made of and what they are handed. */
@NullMarked
package io.millrace.api.functions;

import org.jspecify.annotations.NullMarked;
