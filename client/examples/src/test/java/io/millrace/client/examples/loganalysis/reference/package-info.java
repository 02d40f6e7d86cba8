/** What the log analysis must write, computed the slow and obvious way: the oracle of its tests. */
@NullMarked
package io.millrace.client.examples.loganalysis.reference;

import org.jspecify.annotations.NullMarked;
