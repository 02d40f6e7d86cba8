package io.millrace.client.connectors.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of one writer's part files: visible {@code part-<job>-<subtask>-<run>-<number>}, hidden {@code .<visible>.<job
 * id>.<sink>.<since>.inprogress}. A run is one life of a writer, drawn at random, so that no two ever use the same
 * name. {@code since} says which snapshot the file was begun after, and so which later checkpoints hold it: {@code s7}
 * after snapshot 7 of its own run, {@code r7} before that run's first snapshot, when it had been restored from 7 (0: a
 * fresh start).
 *
 * @param job the whole id of the job
 * @param sink tells the sinks of a job apart
 */
record PartNames(Path directory, String job, String sink, int subtask, String run) {
    private static final String HIDDEN_END = ".inprogress";

    String visible(long number) {
        return "part-" + job.substring(0, Math.min(8, job.length())) + "-" + subtask + "-" + run + "-" + number;
    }

    String hidden(long number, String since) {
        return "." + visible(number) + "." + job + "." + sink + "." + since + HIDDEN_END;
    }

    /**
     * Deletes what earlier runs of this sink in this job left that no checkpoint up to the restored one holds. Each
     * subtask looks after its own predecessors and, when there are fewer subtasks now, shares those of the others.
     * Files of other jobs are left alone: the job whose savepoint this one goes on from may still be running.
     */
    void deleteLeftovers(long restored, int parallelism) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> leftovers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, ".part-*" + HIDDEN_END)) {
            for (Path file : files) {
                if (isLeftover(file.getFileName().toString(), restored, parallelism)) {
                    leftovers.add(file);
                }
            }
        }
        for (Path file : leftovers) {
            Files.deleteIfExists(file);
        }
    }

    private boolean isLeftover(String name, long restored, int parallelism) {
        String[] fields = name.split("\\.", -1);
        if (fields.length != 6 || !fields[2].equals(job) || !fields[3].equals(sink)) {
            return false;
        }
        String[] words = fields[1].split("-", -1);
        if (words.length != 5 || words[3].equals(run) || !fields[4].matches("[rs]\\d{1,18}")) {
            return false;
        }
        if (!words[2].matches("\\d{1,9}") || Integer.parseInt(words[2]) % parallelism != subtask) {
            return false;
        }
        long since = Long.parseLong(fields[4].substring(1));
        // A snapshot of the job's own comes after the one it was first restored from, which may be another job's and
        // have any number.
        return fields[4].startsWith("s") ? since >= restored : since == restored;
    }
}
