@NullMarked
package io.millrace.common.graph.restore;

import org.jspecify.annotations.NullMarked;
