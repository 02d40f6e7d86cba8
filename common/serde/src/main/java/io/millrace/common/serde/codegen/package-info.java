/** Bytecode of serializers and key hashers of records, classes and tuples. */
@NullMarked
package io.millrace.common.serde.codegen;

import org.jspecify.annotations.NullMarked;
