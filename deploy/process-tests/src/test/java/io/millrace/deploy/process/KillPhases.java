package io.millrace.deploy.process;

import static io.millrace.deploy.process.LogLines.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills processes of a cluster while its one job is in a phase that is named. A phase that user code can make last is
 * made to; for the others the test is quick, looks what it hit by files and logs, and strikes again if it was another
 * phase. A kill is over when the job runs again.
 */
final class KillPhases {
    private static final int MOST_TRIES = 40;
    private static final int STEADY_LOOKS = 60;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final LooseCluster cluster;
    private final String job;
    private final Gates gates;
    private final Random random;

    KillPhases(LooseCluster cluster, String job, Gates gates, Random random) {
        this.cluster = cluster;
        this.job = job;
        this.gates = gates;
        this.random = random;
    }

    /** At no particular moment. */
    void running() throws IOException, InterruptedException {
        int run = awaitRunning();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
        kill(any(busy(run)));
    }

    /** One of three tasks has yet to send its barrier: those behind them hold the channels of the other two. */
    void alignment() throws IOException, InterruptedException {
        int run = awaitRunning();
        long checkpoint = holdUpBarrier();
        int from = cluster.jobManagerLog().count();
        String victim = any(busy(run));
        kill(victim);
        gates.open("keyed");
        awaitGivenUp(from, checkpoint, victim);
    }

    /** Its segment file is there under its hidden name, half written or not yet linked, and stays there. */
    void upload() throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            int run = awaitRunning();
            String victim = any(busy(run));
            String incarnation = cluster.incarnationOf(victim);
            while (!hasUnfinished(incarnation)) {
                Thread.onSpinWait();
            }
            kill(victim);
            if (hasUnfinished(incarnation)) {
                return;
            }
            assertThat(tries).as("kills that came too late").isLessThan(MOST_TRIES);
        }
    }

    /** One TaskManager has said that its segment is stored, while another one cannot say so yet. */
    void acknowledged() throws IOException, InterruptedException {
        int run = awaitRunning();
        gates.close("last");
        long holder = gates.awaitHeld("last");
        int from = cluster.jobManagerLog().count();
        List<String> others = new ArrayList<>(busy(run));
        String slow = others.stream()
                .filter(each -> cluster.pidOf(each) == holder)
                .findAny()
                .orElseThrow();
        others.remove(slow);
        String victim = any(others);
        long deadline = System.nanoTime() + LONGEST_NANOS;
        long checkpoint = lastTriggered();
        // The one that was under way when the gate closed may become complete all the same: this one stays as it is.
        int looks = 0;
        while (looks < STEADY_LOOKS) {
            assertThat(System.nanoTime()).as("checkpoint %d", checkpoint).isLessThan(deadline);
            LogLines.pause();
            long newest = lastTriggered();
            boolean same = newest == checkpoint;
            checkpoint = newest;
            looks = same && hasAcknowledged(victim, newest) && !hasAcknowledged(slow, newest) ? looks + 1 : 0;
        }
        kill(victim);
        gates.open("last");
        awaitGivenUp(from, checkpoint, victim);
    }

    private boolean hasAcknowledged(String taskManager, long checkpoint) throws IOException {
        String number = Long.toString(checkpoint);
        return cluster.logOf(taskManager)
                .last(
                        0,
                        line -> isOf(line, "acknowledged")
                                && field(line, "checkpoint").equals(number))
                .isPresent();
    }

    /** The manifest is in its place: what it names becomes the truth, and is committed by those who live. */
    void committing() throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            int run = awaitRunning();
            String victim = any(busy(run));
            long next = lastTriggered() + 1;
            Path manifest = place().resolve(Long.toString(next)).resolve("manifest");
            while (!Files.exists(manifest)) {
                Thread.onSpinWait();
                if (lastTriggered() > next) {
                    next = lastTriggered();
                    manifest = place().resolve(Long.toString(next)).resolve("manifest");
                }
            }
            int from = cluster.jobManagerLog().count();
            kill(victim);
            String prepared = cluster.jobManagerLog().await(from, "the next run", line -> isOf(line, "run-prepared"));
            // Less, if it was given up before its pointer was in the log.
            if (Long.parseLong(field(prepared, "checkpoint")) <= next) {
                return;
            }
            assertThat(tries).as("kills that came too late").isLessThan(MOST_TRIES);
        }
    }

    /** The next run's tasks are deployed and read what they were; not all of them run yet. */
    void restoring() throws IOException, InterruptedException {
        int run = awaitRunning();
        gates.close("open");
        kill(any(busy(run)));
        gates.awaitHeld("open");
        List<String> restoring = busy(run + 1);
        kill(any(restoring));
        gates.open("open");
        int next = awaitRunning();
        assertThat(next).isGreaterThan(run + 1);
        String killed = Integer.toString(run + 1);
        assertThat(cluster.jobManagerLog()
                        .all(line -> isRunning(line) && field(line, "run").equals(killed)))
                .as("run %s was to be killed before all of its tasks ran", killed)
                .isEmpty();
    }

    /** At no particular moment. */
    void jobManager() throws IOException, InterruptedException {
        awaitRunning();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
        killJobManager();
    }

    /** Barriers are on their way. */
    void jobManagerDuringCheckpoint() throws IOException, InterruptedException {
        awaitRunning();
        holdUpBarrier();
        killJobManager();
        gates.open("keyed");
    }

    /**
     * Closes the gate while no checkpoint is under way: one whose barrier had passed the third task already, and whose
     * sink there was not flushed yet, would stay open, and no other one would be triggered.
     *
     * @return the checkpoint whose barrier two of three tasks have passed, while the third is held up before it
     */
    private long holdUpBarrier() throws IOException {
        for (int tries = 1; ; tries++) {
            awaitNextCompleted();
            gates.close("keyed");
            gates.awaitHeld("keyed");
            OptionalLong checkpoint = gates.awaitPassedByOthers(2, PATIENCE_NANOS);
            if (checkpoint.isPresent()) {
                return checkpoint.getAsLong();
            }
            assertThat(tries).as("gates that closed too late").isLessThan(MOST_TRIES);
            gates.open("keyed");
        }
    }

    private void awaitNextCompleted() throws IOException {
        LogLines log = cluster.jobManagerLog();
        log.await(log.count(), "a checkpoint", line -> isOf(line, "completed"));
    }

    /** A TaskManager and the JobManager at the same moment. */
    void both() throws IOException, InterruptedException {
        int run = awaitRunning();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
        String victim = any(busy(run));
        cluster.kill(victim);
        killJobManager();
        cluster.startTaskManager(victim);
    }

    /** Returns when the JobManager knows. */
    private void kill(String taskManager) throws IOException, InterruptedException {
        int from = cluster.jobManagerLog().count();
        cluster.kill(taskManager);
        cluster.jobManagerLog().await(from, "the end of the run", line -> isOf(line, "restarting"));
        cluster.startTaskManager(taskManager);
    }

    /** The one that comes has to find what the log says, and that may not be less than anybody was told. */
    private void killJobManager() throws IOException, InterruptedException {
        LogLines before = cluster.jobManagerLog();
        cluster.killJobManager();
        Optional<String> completed = before.last(0, line -> isOf(line, "completed"));
        String prepared = cluster.jobManagerLog().await(0, "the next run", line -> isOf(line, "run-prepared"));
        if (completed.isPresent()) {
            assertThat(Long.parseLong(field(prepared, "checkpoint")))
                    .isGreaterThanOrEqualTo(Long.parseLong(field(completed.get(), "checkpoint")));
        }
    }

    /** Waits until the newest run that is known of has all of its tasks running. @return its number */
    int awaitRunning() throws IOException {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (true) {
            Optional<String> last = cluster.jobManagerLog()
                    .last(0, line -> isRunning(line) || isOf(line, "restarting") || isOf(line, "run-prepared"));
            if (last.isPresent() && isRunning(last.get())) {
                return Integer.parseInt(field(last.get(), "run"));
            }
            assertThat(System.nanoTime()).as("after %s", last).isLessThan(deadline);
            LogLines.pause();
        }
    }

    private boolean isRunning(String line) {
        return isOf(line, "RUNNING");
    }

    /** Whether a line tells such an event of the job. */
    private boolean isOf(String line, String event) {
        return line.contains(" event=" + event + " ") && line.contains("job=" + job + " ");
    }

    /** What became of a checkpoint: given up, for this reason. */
    private void awaitGivenUp(int from, long checkpoint, String victim) throws IOException {
        String givenUp = cluster.jobManagerLog()
                .await(
                        from,
                        "that checkpoint " + checkpoint + " is given up",
                        line -> isOf(line, "given-up")
                                && field(line, "checkpoint").equals(Long.toString(checkpoint)));
        // Its control stream or one of its data connections was missed first.
        assertThat(givenUp).contains("phase=COLLECTING").contains(victim).contains("was lost");
    }

    private long lastTriggered() throws IOException {
        return cluster.jobManagerLog()
                .last(0, line -> isOf(line, "triggered"))
                .map(line -> Long.parseLong(field(line, "checkpoint")))
                .orElse(0L);
    }

    /** The TaskManagers that have tasks of a run. */
    private List<String> busy(int run) throws IOException {
        List<String> busy = new ArrayList<>();
        for (String each : cluster.taskManagers()) {
            if (!cluster.logOf(each)
                    .all(line -> isOf(line, "deploy") && line.contains(" run=" + run + " "))
                    .isEmpty()) {
                busy.add(each);
            }
        }
        return busy;
    }

    private String any(List<String> taskManagers) {
        return taskManagers.get(random.nextInt(taskManagers.size()));
    }

    private Path place() {
        return cluster.checkpoints().resolve(job);
    }

    /** Whether there is a hidden file of a process. */
    private boolean hasUnfinished(String incarnation) throws IOException {
        try (Stream<Path> files = Files.walk(place(), 2)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("." + incarnation));
        } catch (NoSuchFileException | UncheckedIOException e) {
            // Directories come and go.
            return false;
        }
    }
}
