package io.millrace.common.checkpoint.format;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;

/** Refusals of a file, each with the file and, where it is about bytes, their offset. */
final class Damage {
    private static final String CHOOSE_ANOTHER =
            "Restore another checkpoint or savepoint; nothing was changed, and no other is taken by itself";

    private Damage() {}

    static MillraceException at(String file, long offset, String why) {
        return Problem.of(FormatErrors.CHECKPOINT_DAMAGED, "Checkpoint file " + file + " is damaged")
                .at(file + ", byte " + offset)
                .because(why)
                .fix(CHOOSE_ANOTHER)
                .asException();
    }

    static MillraceException endsEarly(String file, long offset, long missing) {
        return at(file, offset, "The file ends here; " + missing + " more bytes belong to it");
    }

    static MillraceException missing(String file) {
        return Problem.of(FormatErrors.CHECKPOINT_FILE_MISSING, "Checkpoint file " + file + " is not there")
                .at(file)
                .because("The checkpoint's manifest names it; it was deleted or not copied along")
                .fix(CHOOSE_ANOTHER)
                .asException();
    }

    static MillraceException foreign(String file, String why) {
        return Problem.of(FormatErrors.CHECKPOINT_FILE_FOREIGN, "Checkpoint file " + file + " is another file")
                .at(file + ", byte 0")
                .because(why)
                .fix(CHOOSE_ANOTHER)
                .asException();
    }

    static MillraceException newer(String file, int version) {
        return Problem.of(
                        FormatErrors.CHECKPOINT_FORMAT_NEWER,
                        "Checkpoint file " + file + " has format version " + version)
                .at(file + ", byte 4")
                .because("This version of Millrace reads up to version " + FileHeader.VERSION)
                .fix("Restore it with the version of Millrace that wrote it, or a newer one")
                .asException();
    }
}
