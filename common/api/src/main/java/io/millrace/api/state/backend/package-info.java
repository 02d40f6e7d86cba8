/** Where the keyed state of a job is kept, as a job chooses it. */
@NullMarked
package io.millrace.api.state.backend;

import org.jspecify.annotations.NullMarked;
