/** The rules of docs/ARCHITECTURE.md as tests over the whole project. */
@NullMarked
package io.millrace.deploy.architecture;

import org.jspecify.annotations.NullMarked;
