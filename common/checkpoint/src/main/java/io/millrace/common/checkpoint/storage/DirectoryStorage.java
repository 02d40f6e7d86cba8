package io.millrace.common.checkpoint.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files below a directory that all processes of a cluster mount: local, NFS or a volume. A file is written
 * under a hidden name beside its place and synced, then linked to its name, which fails if the name is taken; then its
 * directory is synced. So it needs a file system with hard links, which SMB and most object stores in disguise lack.
 */
public final class DirectoryStorage implements CheckpointStorage {
    private static final String REMAINS = ".part";
    private static final int MOST_TRIES = 100;

    private final Path root;
    private final Supplier<String> freshNames;

    /**
     * @param root made when the first object is put
     * @param freshNames gives letters and digits that no process that ever writes here is given a second time; called
     *     by any thread
     */
    public DirectoryStorage(Path root, Supplier<String> freshNames) {
        this.root = root.toAbsolutePath().normalize();
        this.freshNames = freshNames;
    }

    @Override
    public PutOutcome put(ObjectName name, Content content) {
        Path file = fileOf(name);
        Path part = file.resolveSibling("." + freshNames.get() + REMAINS);
        PutOutcome outcome;
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                outcome = compare(file, content);
            } else {
                writeWhereDirectoriesComeAndGo(part, content);
                outcome = link(file, part, content);
            }
        } catch (IOException e) {
            throw DirectoryFailures.of("Cannot store " + name, root, e);
        } finally {
            discard(part);
        }
        if (outcome == PutOutcome.STORED) {
            try {
                sync(file.getParent());
            } catch (IOException e) {
                throw DirectoryFailures.unknown(file, root, e);
            }
        }
        return outcome;
    }

    @Override
    public Optional<StoredObject> find(ObjectName name) {
        try {
            return Optional.of(describe(fileOf(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DirectoryFailures.of("Cannot look for " + name, root, e);
        }
    }

    @Override
    public InputStream open(ObjectName name, long offset, long length) {
        try {
            return new FileRange(FileChannel.open(fileOf(name), StandardOpenOption.READ), offset, length);
        } catch (NoSuchFileException e) {
            throw DirectoryFailures.missing(name, root);
        } catch (IOException e) {
            throw DirectoryFailures.of("Cannot read " + name, root, e);
        }
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> consumer) {
        files(file -> {
            String name = nameOf(file);
            if (ObjectName.isWellFormed(name) && name.startsWith(prefix)) {
                try {
                    consumer.accept(describe(file));
                } catch (NoSuchFileException e) {
                    // Deleted while it was listed.
                }
            }
        });
    }

    @Override
    public void delete(ObjectName name) {
        Path file = fileOf(name);
        try {
            if (Files.deleteIfExists(file)) {
                syncUnlessGone(file.getParent());
            }
            deleteEmptyDirectories(file.getParent());
        } catch (IOException e) {
            throw DirectoryFailures.of("Cannot delete " + name, root, e);
        }
    }

    @Override
    public int deleteRemains(long beforeEpochMs) {
        int[] deleted = {0};
        files(file -> {
            String last = file.getFileName().toString();
            if (last.startsWith(".")
                    && last.endsWith(REMAINS)
                    && Files.getLastModifiedTime(file).toMillis() < beforeEpochMs) {
                deleted[0] += Files.deleteIfExists(file) ? 1 : 0;
                deleteEmptyDirectories(file.getParent());
            }
        });
        return deleted[0];
    }

    @Override
    public String location() {
        return root.toUri().toString();
    }

    @Override
    public void close() {
        // Nothing is held between calls.
    }

    private Path fileOf(ObjectName name) {
        return root.resolve(name.text());
    }

    private String nameOf(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private StoredObject describe(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(file.toString());
        }
        return new StoredObject(
                new ObjectName(nameOf(file)),
                attributes.size(),
                attributes.lastModifiedTime().toMillis());
    }

    /** A directory that became empty may be deleted by another process between its making and its use. */
    private void writeWhereDirectoriesComeAndGo(Path part, Content content) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                makeDirectories(part.getParent());
                write(part, content);
                return;
            } catch (NoSuchFileException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static void write(Path part, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            for (ByteBuffer piece : content.pieces()) {
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
            channel.force(true);
        }
    }

    /**
     * The link is what makes the object. Its answer may be lost or late on a network: the file tells what became of it.
     */
    private PutOutcome link(Path file, Path part, Content content) throws IOException {
        try {
            Files.createLink(file, part);
            return PutOutcome.STORED;
        } catch (FileAlreadyExistsException e) {
            return compare(file, content);
        } catch (UnsupportedOperationException e) {
            throw DirectoryFailures.withoutLinks(root, e);
        } catch (IOException e) {
            try {
                if (compare(file, content) == PutOutcome.STORED) {
                    return PutOutcome.STORED;
                }
            } catch (NoSuchFileException absent) {
                if (DirectoryFailures.isWithoutLinks(e)) {
                    throw DirectoryFailures.withoutLinks(root, e);
                }
                throw e;
            } catch (IOException unreadable) {
                throw DirectoryFailures.unknown(file, root, e);
            }
            return PutOutcome.TAKEN;
        }
    }

    private static PutOutcome compare(Path file, Content content) throws IOException {
        if (Files.size(file) != content.length()) {
            return PutOutcome.TAKEN;
        }
        try (InputStream stored = Files.newInputStream(file)) {
            return content.equalTo(stored) ? PutOutcome.STORED : PutOutcome.TAKEN;
        }
    }

    private void makeDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeDirectories(parent);
        }
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
                throw e;
            }
        }
        if (parent != null) {
            sync(parent);
        }
    }

    /** Another process may put an object there at the same time: a directory that is not empty stays. */
    private void deleteEmptyDirectories(Path from) throws IOException {
        Path directory = from;
        while (directory.startsWith(root) && !directory.equals(root)) {
            try {
                Files.delete(directory);
            } catch (DirectoryNotEmptyException e) {
                return;
            } catch (NoSuchFileException e) {
                // Somebody else was faster.
            }
            directory = directory.getParent();
        }
    }

    private void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // deleteRemains takes it later.
        }
    }

    private static void syncUnlessGone(Path directory) throws IOException {
        try {
            sync(directory);
        } catch (NoSuchFileException e) {
            // It was empty, and somebody else deleted it.
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void files(FileAction action) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        action.accept(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    return goneIsFine(failure);
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    return failure == null ? FileVisitResult.CONTINUE : goneIsFine(failure);
                }
            });
        } catch (IOException e) {
            throw DirectoryFailures.of("Cannot list " + root, root, e);
        }
    }

    private static FileVisitResult goneIsFine(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @FunctionalInterface
    private interface FileAction {
        void accept(Path file) throws IOException;
    }
}
