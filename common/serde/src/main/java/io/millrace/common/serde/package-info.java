/** Generated serializers, copiers and key hashes for the types of a job. */
@NullMarked
package io.millrace.common.serde;

import org.jspecify.annotations.NullMarked;
