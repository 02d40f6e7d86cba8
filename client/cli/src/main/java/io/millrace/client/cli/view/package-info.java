/** Jobs, clusters and settings as text for people and as JSON for machines. */
@NullMarked
package io.millrace.client.cli.view;

import org.jspecify.annotations.NullMarked;
