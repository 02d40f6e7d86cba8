package io.millrace.common.rpc.codec;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.rpc.RpcError;
import java.util.function.Supplier;

/** How decoders refuse: always with a coded problem, whatever the bytes were. */
final class Decoding {

    private Decoding() {}

    /** Runs a decoder; a record that rejects its values becomes a {@link RpcError#MALFORMED_MESSAGE}. */
    static <T> T of(String what, Supplier<T> decoder) {
        try {
            return decoder.get();
        } catch (IllegalArgumentException e) {
            throw malformed(what, String.valueOf(e.getMessage())).asException(e);
        }
    }

    static void require(boolean condition, String what, String found) {
        if (!condition) {
            throw malformed(what, found).asException();
        }
    }

    static void requireVersion(int expected, int found, String what) {
        if (expected != found) {
            throw Problem.of(
                            RpcError.VERSION_MISMATCH,
                            what + " has format version " + found + ", this process reads " + expected)
                    .fix("Use the same Millrace version for the client, the JobManager and all TaskManagers")
                    .asException();
        }
    }

    static MillraceException unset(String what) {
        return malformed(what, "no known content is set").asException();
    }

    private static Problem malformed(String what, String why) {
        return Problem.of(RpcError.MALFORMED_MESSAGE, "Cannot decode " + what)
                .because(why)
                .fix("Check that only Millrace processes of one version connect to this port");
    }
}
