/** Translates between the records of the product and their wire form. Generated types end here. */
@NullMarked
package io.millrace.common.rpc.codec;

import org.jspecify.annotations.NullMarked;
