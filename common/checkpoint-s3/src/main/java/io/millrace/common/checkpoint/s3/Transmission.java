package io.millrace.common.checkpoint.s3;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Tells an upload when its request is signed and goes out: what is read of it before was only hashed. */
final class Transmission implements ExecutionInterceptor {
    static final ExecutionAttribute<Upload> UPLOAD = new ExecutionAttribute<>("MillraceUpload");

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Upload upload = attributes.getAttribute(UPLOAD);
        if (upload != null) {
            upload.transmit();
        }
    }
}
