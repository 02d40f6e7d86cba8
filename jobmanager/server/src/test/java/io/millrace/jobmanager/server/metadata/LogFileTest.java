package io.millrace.jobmanager.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.RestoreOrigin;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.control.log.LoggedJobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final long NEVER = Long.MAX_VALUE / 8;
    private static final JobId JOB = new JobId(1, 2);
    private static final Failure FAILURE = new Failure(
            new Problem("USER_ERROR", "boom", "Job.java:3", "why", "do"),
            "",
            new SubtaskId(JOB, 2, 0, 0, 1),
            "v",
            "a",
            98,
            "");
    private static final List<LogEntry> ENTRIES = List.of(
            new LogEntry.Submitted(
                    JOB,
                    graph(),
                    "/checkpoints/a",
                    77,
                    Optional.of(new RestoreOrigin(new JobId(8, 9), 12, "/save", List.of("'count' (uid:c)")))),
            new LogEntry.RunStarted(JOB, 2, 2_001),
            new LogEntry.IdsReserved(JOB, 3_001),
            new LogEntry.Completed(JOB, new CheckpointPointer(5, 1, CheckpointKind.CHECKPOINT, ""), List.of()),
            new LogEntry.Completed(JOB, new CheckpointPointer(6, 2, CheckpointKind.CHECKPOINT, ""), List.of(5L)),
            new LogEntry.Completed(JOB, new CheckpointPointer(7, 2, CheckpointKind.DRAIN, "/save"), List.of()),
            new LogEntry.Ended(JOB, JobStatus.FAILED, 99, List.of(6L), Optional.of(FAILURE)),
            new LogEntry.Cleaned(JOB));

    @TempDir
    private Path directory;

    private static JobGraph graph() {
        OperatorNode node = new OperatorNode(0, "", "source", "Job.java:1", new OpaqueBytes(new byte[] {1, 2, 3}));
        JobVertex vertex = new JobVertex(0, "v", 1, 128, "default", List.of(node), List.of());
        return new JobGraph(1, "job", List.of(vertex), List.of(), List.of(), Map.of("checkpoint.interval", "1s"));
    }

    @Test
    void whatWasAppendedIsReadBack() throws IOException {
        try (LogFile log = LogFile.open(directory, NEVER)) {
            log.append(ENTRIES.subList(0, 2));
            log.append(ENTRIES.subList(2, 6));
        }
        try (LogFile log = LogFile.open(directory, NEVER)) {
            LoggedJob job = log.jobs().jobs().get(0);
            assertThat(job.graph()).isEqualTo(graph());
            assertThat(job.place()).isEqualTo("/checkpoints/a");
            assertThat(job.submittedAtEpochMs()).isEqualTo(77);
            assertThat(job.origin()).isEqualTo(((LogEntry.Submitted) ENTRIES.get(0)).origin());
            assertThat(job.run()).isEqualTo(2);
            assertThat(job.idsEnd()).isEqualTo(3_001);
            assertThat(job.pointers())
                    .containsExactly(
                            new CheckpointPointer(6, 2, CheckpointKind.CHECKPOINT, ""),
                            new CheckpointPointer(7, 2, CheckpointKind.DRAIN, "/save"));
            assertThat(job.isLive()).isTrue();
            log.append(ENTRIES.subList(6, 8));
            LoggedJob ended = log.jobs().jobs().get(0);
            assertThat(ended.end()).contains(new LoggedJob.End(JobStatus.FAILED, 99, Optional.of(FAILURE), true));
            assertThat(ended.pointers()).containsExactly(new CheckpointPointer(6, 2, CheckpointKind.CHECKPOINT, ""));
        }
    }

    private static byte[] golden(int version) throws IOException {
        try (InputStream in = LogFileTest.class.getResourceAsStream("/golden/metadata-log-v" + version + ".hex")) {
            assertThat(in).isNotNull();
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    @Test
    void theBytesOfALogAreThoseOfTheGoldenFile() throws IOException {
        try (LogFile log = LogFile.open(directory, NEVER)) {
            log.append(ENTRIES);
        }
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file())))
                .isEqualTo(HexFormat.of().formatHex(golden(2)));
    }

    @Test
    void aLogOfTheFirstVersionIsReadAndContinuedAndSaysNothingOfFailures() throws IOException {
        Files.write(file(), golden(1));
        try (LogFile log = LogFile.open(directory, NEVER)) {
            LoggedJob job = log.jobs().jobs().get(0);
            assertThat(job.end()).contains(new LoggedJob.End(JobStatus.FAILED, 99, Optional.empty(), true));
            assertThat(job.graph().name()).isEqualTo("job");
            assertThat(job.pointers()).containsExactly(new CheckpointPointer(6, 2, CheckpointKind.CHECKPOINT, ""));
            JobId next = new JobId(5, 5);
            log.append(List.of(
                    new LogEntry.Submitted(next, graph(), "/checkpoints/b", 78, Optional.empty()),
                    new LogEntry.Ended(next, JobStatus.FAILED, 100, List.of(), Optional.of(FAILURE))));
        }
        try (LogFile log = LogFile.open(directory, NEVER)) {
            assertThat(log.jobs().jobs().get(1).end().orElseThrow().failure()).contains(FAILURE);
        }
    }

    @Test
    void aLogThatIsTornAnywhereHasEveryEntryBeforeThatAndTakesMore() throws IOException {
        List<Integer> ends = new ArrayList<>();
        try (LogFile log = LogFile.open(directory, NEVER)) {
            for (LogEntry entry : ENTRIES) {
                ends.add((int) log.size());
                log.append(List.of(entry));
            }
            ends.add((int) log.size());
        }
        byte[] whole = Files.readAllBytes(file());
        for (int length = LogFormat.HEADER_BYTES; length < whole.length; length++) {
            int cut = length;
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            int entries = (int) ends.stream().filter(end -> end <= cut).count() - 1;
            try (LogFile log = LogFile.open(directory, NEVER)) {
                assertThat(log.jobs().jobs()).as("cut at %s", length).isEqualTo(after(ENTRIES.subList(0, entries)));
                assertThat(Files.size(file())).isEqualTo(ends.get(entries).longValue());
                log.append(ENTRIES.subList(0, 1));
            }
            LogFile.open(directory, NEVER).close();
        }
    }

    @Test
    void everyFlippedBitIsRefusedWithFileAndOffset() throws IOException {
        try (LogFile log = LogFile.open(directory, NEVER)) {
            log.append(ENTRIES);
        }
        byte[] whole = Files.readAllBytes(file());
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            ByteBuffer bytes = ByteBuffer.wrap(flipped);
            assertThatThrownBy(() -> LogFormat.read("log-1", 1, bytes, entry -> {}))
                    .as("bit %s", bit)
                    .hasMessageContaining("[METADATA_LOG_DAMAGED]")
                    .hasMessageContaining("log-1, byte ");
        }
    }

    @Test
    void aTailThatWasNeverWrittenIsTakenAwayAndNothingElseIs() throws IOException {
        LogEntry.Submitted large = new LogEntry.Submitted(
                new JobId(3, 4), graph().withName("n".repeat(2_000)), "/checkpoints/b", 78, Optional.empty());
        try (LogFile log = LogFile.open(directory, NEVER)) {
            log.append(ENTRIES.subList(0, 1));
            log.append(List.of(large));
        }
        byte[] whole = Files.readAllBytes(file());
        java.util.Arrays.fill(whole, whole.length - 1_200, whole.length, (byte) 0);
        Files.write(file(), whole);
        try (LogFile log = LogFile.open(directory, NEVER)) {
            assertThat(log.jobs().jobs()).isEqualTo(after(ENTRIES.subList(0, 1)));
        }
        Files.write(file(), java.util.Arrays.copyOf(Files.readAllBytes(file()), whole.length));
        try (LogFile log = LogFile.open(directory, NEVER)) {
            assertThat(log.jobs().jobs()).hasSize(1);
            log.append(List.of(large));
        }
        java.util.Arrays.fill(whole, 100, 700, (byte) 0);
        Files.write(file(), whole);
        assertThatThrownBy(() -> LogFile.open(directory, NEVER)).hasMessageContaining("[METADATA_LOG_DAMAGED]");
    }

    @Test
    void aLogThatHasGrownIsReplacedByWhatItSays() throws IOException {
        try (LogFile log = LogFile.open(directory, 2_000)) {
            log.append(ENTRIES.subList(0, 3));
            for (long id = 5; id < 500; id++) {
                CheckpointPointer pointer = new CheckpointPointer(id, 2, CheckpointKind.CHECKPOINT, "");
                log.append(List.of(new LogEntry.Completed(JOB, pointer, id == 5 ? List.of() : List.of(id - 1))));
            }
            assertThat(log.size()).isLessThan(5_000);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1).noneMatch(file -> file.endsWith("log-1"));
        }
        try (LogFile log = LogFile.open(directory, 2_000)) {
            LoggedJob job = log.jobs().jobs().get(0);
            assertThat(job.pointers()).containsExactly(new CheckpointPointer(499, 2, CheckpointKind.CHECKPOINT, ""));
            assertThat(job.run()).isEqualTo(2);
            assertThat(job.idsEnd()).isEqualTo(3_001);
        }
    }

    @Test
    void whatAReplacementThatNeverEndedLeftBehindIsNotTheLog() throws IOException {
        try (LogFile log = LogFile.open(directory, NEVER)) {
            log.append(ENTRIES.subList(0, 1));
        }
        Files.write(directory.resolve("log.part"), new byte[] {1, 2, 3});
        try (LogFile log = LogFile.open(directory, NEVER)) {
            assertThat(log.jobs().jobs()).hasSize(1);
        }
    }

    @Test
    void aNewerFormatAndAFileUnderAnotherNameAreRefused() throws IOException {
        try (LogFile log = LogFile.open(directory, NEVER)) {
            log.append(ENTRIES);
        }
        byte[] whole = Files.readAllBytes(file());
        Files.move(file(), directory.resolve("log-2"));
        assertThatThrownBy(() -> LogFile.open(directory, NEVER)).hasMessageContaining("[METADATA_LOG_DAMAGED]");
        Files.delete(directory.resolve("log-2"));
        whole[7] = 3;
        Files.write(file(), whole);
        assertThatThrownBy(() -> LogFile.open(directory, NEVER)).hasMessageContaining("format version 3");
    }

    @Test
    void whatIsCompactedSaysTheSame() {
        for (int count = 1; count < ENTRIES.size(); count++) {
            List<LogEntry> some = ENTRIES.subList(0, count);
            LoggedJobs jobs = new LoggedJobs();
            some.forEach(jobs::apply);
            assertThat(after(jobs.compacted())).isEqualTo(jobs.jobs());
        }
    }

    @Test
    void endedJobsAreRememberedByNameAndTheOldestOfThoseOfWhichNothingIsKeptAreForgotten() {
        List<LogEntry> entries = new ArrayList<>(ENTRIES);
        for (int i = 1; i <= 150; i++) {
            JobId job = new JobId(50, i);
            entries.add(new LogEntry.Submitted(job, graph(), "/checkpoints", i, Optional.empty()));
            entries.add(new LogEntry.Ended(job, JobStatus.FINISHED, 1_000 + i, List.of(), Optional.empty()));
            entries.add(new LogEntry.Cleaned(job));
        }
        List<LoggedJob> jobs = after(entries);
        assertThat(jobs).hasSize(101);
        assertThat(jobs.get(0).id()).isEqualTo(JOB);
        assertThat(jobs.get(1).id()).isEqualTo(new JobId(50, 51));
        assertThat(jobs.get(1).graph().name()).isEqualTo("job");
        assertThat(jobs.get(1).graph().vertices()).isEmpty();
        LoggedJobs all = new LoggedJobs();
        entries.forEach(all::apply);
        assertThat(after(all.compacted())).isEqualTo(all.jobs());
    }

    private Path file() {
        return directory.resolve("log-1");
    }

    private static List<LoggedJob> after(List<LogEntry> entries) {
        LoggedJobs jobs = new LoggedJobs();
        entries.forEach(jobs::apply);
        return jobs.jobs();
    }
}
