package io.millrace.common.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.Set;

/** That bytes which were not written so are refused as they must be. */
final class Refusals {
    private static final Set<String> CODES = Set.of(
            "CHECKPOINT_DAMAGED", "CHECKPOINT_FILE_MISSING", "CHECKPOINT_FILE_FOREIGN", "CHECKPOINT_FORMAT_NEWER");

    private Refusals() {}

    /** @return the refusal, which names the file, a place in it, a reason and a way out */
    static Problem of(String file, String damage, Runnable reading) {
        try {
            reading.run();
        } catch (MillraceException refusal) {
            Problem problem = refusal.problem();
            assertThat(problem.code()).as(damage).isIn(CODES);
            assertThat(problem.what()).as(damage).contains(file);
            assertThat(problem.where()).as(damage).startsWith(file);
            assertThat(problem.why()).as(damage).isNotEmpty();
            assertThat(problem.nextStep()).as(damage).isNotEmpty();
            return problem;
        }
        return fail("It was not refused: " + damage);
    }

    /** The same with one bit turned over. */
    static byte[] flipped(byte[] bytes, int bit) {
        byte[] damaged = bytes.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        return damaged;
    }
}
