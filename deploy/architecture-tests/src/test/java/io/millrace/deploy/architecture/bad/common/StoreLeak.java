package io.millrace.deploy.architecture.bad.common;

import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** A failure of an object store far from the module that speaks to it. */
final class StoreLeak {
    Optional<SdkException> failure = Optional.empty();

    String reason() {
        return failure.map(SdkException::getMessage).orElse("");
    }
}
