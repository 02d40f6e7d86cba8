package io.millrace.api.datastream;

import io.millrace.api.ApiErrors;
import io.millrace.common.core.error.Problem;

/** Checks of what users hand in. */
final class Arguments {

    private Arguments() {}

    static String uid(String uid) {
        return notBlank("A uid", uid);
    }

    static String slotSharingGroup(String group) {
        return notBlank("A slot sharing group", group);
    }

    private static String notBlank(String what, String text) {
        if (text.isBlank()) {
            throw Problem.of(ApiErrors.BAD_ARGUMENT, what + " must not be blank")
                    .fix("Give it a name, or leave the call out")
                    .asException();
        }
        return text;
    }
}
