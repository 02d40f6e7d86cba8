/** Made-up but believable traffic: pure functions from seed and index to lines. */
@NullMarked
package io.millrace.client.examples.loganalysis.traffic;

import org.jspecify.annotations.NullMarked;
