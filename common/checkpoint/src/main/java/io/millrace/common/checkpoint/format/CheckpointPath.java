package io.millrace.common.checkpoint.format;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A checkpoint or savepoint as a user names it: the directory of its files, called by its number, or the place above
 * it, if exactly one is there.
 *
 * @param place below which the names of its files begin, in the form of {@link StorageLocation}
 */
public record CheckpointPath(String place, long checkpoint) {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private static final String MANIFEST = "manifest";

    /** A place of checkpoints holds little else. Looking through a whole disk would take for ever. */
    private static final int MOST_STRANGERS = 10_000;

    public ObjectName manifest() {
        return new ObjectName(CheckpointFileName.manifest(checkpoint));
    }

    /** As a user would write it. */
    @Override
    public String toString() {
        return (place.endsWith("/") ? place : place + "/") + checkpoint;
    }

    /**
     * Finds what a user means; only the names of files are looked at.
     *
     * @param path not the cluster's default
     * @param storages opens a place, and keeps or closes what it opened
     * @throws MillraceException with {@link FormatErrors#CHECKPOINT_NOT_FOUND} or
     *     {@link FormatErrors#CHECKPOINT_NOT_UNIQUE}, or if a storage fails
     */
    public static CheckpointPath find(StorageLocation path, Function<StorageLocation, CheckpointStorage> storages) {
        Check.argument(!(path instanceof StorageLocation.ClusterDefault), "An empty path names no checkpoint");
        String text = withoutSlash(path.toString());
        int slash = text.lastIndexOf('/');
        String last = text.substring(slash + 1);
        boolean hasParent = !text.startsWith(StorageLocation.S3) || slash > StorageLocation.S3.length();
        if (hasParent && NUMBER.matcher(last).matches()) {
            StorageLocation parent = StorageLocation.parse(slash == 0 ? "/" : text.substring(0, slash));
            CheckpointPath named = new CheckpointPath(parent.toString(), Long.parseLong(last));
            if (storages.apply(parent).find(named.manifest()).isPresent()) {
                return named;
            }
        }
        return only(StorageLocation.parse(text), storages);
    }

    private static CheckpointPath only(StorageLocation place, Function<StorageLocation, CheckpointStorage> storages) {
        TreeSet<Long> found = new TreeSet<>();
        int[] strangers = {0};
        boolean[] renamed = {false};
        storages.apply(place).list("", object -> {
            String name = object.name().text();
            OptionalLong checkpoint = CheckpointFileName.checkpointOf(name);
            if (checkpoint.isEmpty()) {
                renamed[0] |= name.equals(MANIFEST);
                if (++strangers[0] > MOST_STRANGERS) {
                    throw notFound(place, "More than " + MOST_STRANGERS + " other files are there");
                }
            } else if (name.equals(CheckpointFileName.manifest(checkpoint.getAsLong()))) {
                found.add(checkpoint.getAsLong());
            }
        });
        if (found.isEmpty() && renamed[0]) {
            throw notFound(
                    place,
                    "There is a manifest, but not in a directory that is called by the checkpoint's number: its files"
                            + " are found by that name");
        }
        if (found.isEmpty()) {
            throw notFound(
                    place, "Neither is it the directory of one, with a file 'manifest' in it, nor is one below it");
        }
        if (found.size() > 1) {
            String numbers = found.stream().map(Object::toString).collect(Collectors.joining(", "));
            throw Problem.of(FormatErrors.CHECKPOINT_NOT_UNIQUE, "There is more than one checkpoint at " + place)
                    .because("These are there: " + numbers)
                    .fix("Name one of them: " + new CheckpointPath(place.toString(), found.last()))
                    .asException();
        }
        return new CheckpointPath(place.toString(), found.first());
    }

    private static MillraceException notFound(StorageLocation place, String why) {
        return Problem.of(FormatErrors.CHECKPOINT_NOT_FOUND, "There is no checkpoint at " + place)
                .because(why)
                .fix("'millrace checkpoints JOB' lists those that are kept; a savepoint's path was printed when it was"
                        + " taken. Every process of the cluster has to see it")
                .asException();
    }

    private static String withoutSlash(String text) {
        int end = text.length();
        while (end > 1 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }
}
