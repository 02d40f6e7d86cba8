/** Tests of the schemas that come with the API. */
@NullMarked
package io.millrace.api.serialization;

import org.jspecify.annotations.NullMarked;
