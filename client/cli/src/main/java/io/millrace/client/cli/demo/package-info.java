/** The demonstration: a private cluster that analyses made-up log traffic. */
@NullMarked
package io.millrace.client.cli.demo;

import org.jspecify.annotations.NullMarked;
