package io.millrace.client.connectors.kafka.sink;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one producer of transactions: {@code PREFIX-JOB-CHECKPOINT-SUBTASK-NUMBER}.
 *
 * @param prefix the user's
 * @param job the job's id
 * @param origin the checkpoint that the writer's run went on from, 0 for a fresh start. So an id can never be one whose
 *     transaction that checkpoint has prepared, and a run that starts from the same checkpoint again takes the ids over
 *     from its predecessor, which fences it
 * @param subtask the writer
 * @param number counts the producers of a writer
 */
record TransactionId(String prefix, String job, long origin, int subtask, int number) {
    private static final Pattern TAIL = Pattern.compile("-([^-]+)-([0-9]{1,18})-([0-9]{1,9})-([0-9]{1,9})");

    String text() {
        return prefix + "-" + job + "-" + origin + "-" + subtask + "-" + number;
    }

    /** Reads an id of a sink with this prefix; empty if it is none. */
    static Optional<TransactionId> parse(String prefix, String text) {
        if (!text.startsWith(prefix)) {
            return Optional.empty();
        }
        Matcher tail = TAIL.matcher(text.substring(prefix.length()));
        if (!tail.matches()) {
            return Optional.empty();
        }
        return Optional.of(new TransactionId(
                prefix,
                tail.group(1),
                Long.parseLong(tail.group(2)),
                Integer.parseInt(tail.group(3)),
                Integer.parseInt(tail.group(4))));
    }
}
