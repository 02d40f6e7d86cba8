package io.millrace.client.cli.local;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.common.core.error.Problem;
import io.millrace.common.rpc.RpcAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the processes of a local cluster are noted: for each a file NAME.pid and a file NAME.log, whose predecessor is
 * kept as NAME.log.1; and the file {@code address} with where the JobManager listens.
 */
public final class RunDirectory {
    private static final String PID_SUFFIX = ".pid";

    private final Path path;

    /** @param dataDirectory the cluster's */
    public RunDirectory(Path dataDirectory) {
        this.path = dataDirectory.resolve("run");
    }

    public Path path() {
        return path;
    }

    /** Makes the directory. */
    public void create() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    public Path log(String name) {
        return path.resolve(name + ".log");
    }

    /** The log file for a new process; one of an earlier process is moved aside. */
    public Path newLog(String name) {
        Path log = log(name);
        try {
            if (Files.exists(log)) {
                Files.move(log, path.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return log;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    public void note(ServerProcess process) {
        write(path.resolve(process.name() + PID_SUFFIX), process.toLine());
    }

    public void noteAddress(RpcAddress jobManager) {
        write(path.resolve("address"), jobManager.toString());
    }

    /** Where the JobManager listens that was started from here; empty if none is. */
    public Optional<RpcAddress> address() {
        try {
            Path file = path.resolve("address");
            return Files.exists(file)
                    ? Optional.of(RpcAddress.parse(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The noted processes that are alive, by name; notes of others are removed. */
    public List<ServerProcess> processes() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> notes = files.filter(file -> file.toString().endsWith(PID_SUFFIX))
                    .sorted()
                    .toList();
            return notes.stream().flatMap(note -> read(note).stream()).toList();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Forgets a process that has ended. */
    public void forget(ServerProcess process) {
        delete(path.resolve(process.name() + PID_SUFFIX));
    }

    /** Forgets where the JobManager listens. */
    public void forgetAddress() {
        delete(path.resolve("address"));
    }

    private Optional<ServerProcess> read(Path note) {
        try {
            String fileName = note.getFileName().toString();
            String name = fileName.substring(0, fileName.length() - PID_SUFFIX.length());
            Optional<ServerProcess> process = ServerProcess.parse(name, Files.readString(note));
            if (process.filter(ServerProcess::isAlive).isEmpty()) {
                delete(note);
                return Optional.empty();
            }
            return process;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void write(Path file, String line) {
        try {
            Files.writeString(file, line + "\n");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private RuntimeException unusable(IOException e) {
        return Problem.of(CliError.RUN_DIRECTORY_UNUSABLE, "Cannot keep the cluster's files in " + path)
                .because(e.toString())
                .fix("Choose another directory with -D data.dir=DIRECTORY")
                .asException(e);
    }
}
