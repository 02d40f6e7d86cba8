package io.millrace.jobmanager.control;

import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.time.ManualClock;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.ControlSettings.Limits;
import io.millrace.jobmanager.control.contract.ControlSettings.Timing;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Session;
import io.millrace.jobmanager.control.log.LoggedJobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A control plane stepped by hand: events go in, messages to TaskManagers are collected by session. */
final class Cluster {
    static final Epoch EPOCH = new Epoch(7);
    static final Timing TIMING = new Timing(500, 2_500, 300, 30_000);
    static final Limits LIMITS = new Limits(3, 10, 100, 100_000, 2);

    final ManualClock clock = new ManualClock(-5_000_000_000L, 1_000_000);
    final Map<Session, List<ToTaskManager>> sent = new LinkedHashMap<>();
    final Set<Session> closed = new HashSet<>();
    final Map<Session, Integer> handled = new HashMap<>();
    final ControlPlane control;

    private final Mailbox<Event> mailbox = new Mailbox<>("control", 1_024, new Signal());
    final FakeDisk disk = new FakeDisk(mailbox::post);
    private long sessions;
    private long jobs;

    Cluster() {
        this(new ControlSettings("test", "0.1.0", EPOCH, TIMING, LIMITS));
    }

    Cluster(ControlSettings settings) {
        this(settings, List.of(), disk -> {});
    }

    /** A leader that finds jobs in its log. */
    Cluster(ControlSettings settings, List<LogEntry> logged, Consumer<FakeDisk> prepared) {
        prepared.accept(disk);
        LoggedJobs jobs = new LoggedJobs();
        logged.forEach(jobs::apply);
        control = new ControlPlane(settings, disk.services(), clock, mailbox, Command::execute);
        control.recover(jobs.jobs(), clock.nanoTime());
        control.step(clock.nanoTime());
    }

    void post(Event event) {
        if (!mailbox.post(event)) {
            throw new IllegalStateException("mailbox full");
        }
        control.step(clock.nanoTime());
    }

    /** Lets time pass in steps as a host would, with nothing arriving. */
    void pass(long ms) {
        for (long left = ms; left > 0; left -= 100) {
            clock.advance(Duration.ofMillis(Math.min(100, left)));
            control.step(clock.nanoTime());
            control.step(clock.nanoTime());
        }
    }

    /** Stands still as a process does in a long collection of garbage. */
    void pause(long ms) {
        clock.advance(Duration.ofMillis(ms));
    }

    Session newSession() {
        return new Stream(++sessions);
    }

    /** A gateway stream that notes what is sent. */
    private final class Stream implements Session {
        private final long number;

        Stream(long number) {
            this.number = number;
        }

        @Override
        public void send(ToTaskManager message) {
            sent.computeIfAbsent(this, key -> new ArrayList<>()).add(message);
        }

        @Override
        public void close() {
            closed.add(this);
        }

        @Override
        public void handled() {
            handled.merge(this, 1, Integer::sum);
        }

        @Override
        public String toString() {
            return "stream " + number;
        }
    }

    static PeerAddress address(String id, long incarnation) {
        return new PeerAddress(new TaskManagerId(id), new Incarnation(incarnation), "127.0.0.1", 6_000);
    }

    /** Registers a TaskManager on a new session. */
    Session register(PeerAddress address, int slots, TaskReport... tasks) {
        Session session = newSession();
        register(session, address, slots, tasks);
        return session;
    }

    void register(Session session, PeerAddress address, int slots, TaskReport... tasks) {
        FromTaskManager.Register register = new FromTaskManager.Register(
                FromTaskManager.PROTOCOL_VERSION, "test", address, slots, "0.1.0", List.of(tasks));
        post(new Event.FromSession(session, new Epoch(0), register));
    }

    void from(Session session, FromTaskManager message) {
        post(new Event.FromSession(session, EPOCH, message));
    }

    void state(Session session, SubtaskId subtask, ExecutionState state) {
        from(session, new FromTaskManager.SubtaskStateChanged(subtask, state, null));
    }

    void failed(Session session, Failure failure) {
        SubtaskId subtask = failure.subtask();
        if (subtask == null) {
            throw new IllegalArgumentException("no subtask");
        }
        from(session, new FromTaskManager.SubtaskStateChanged(subtask, ExecutionState.FAILED, failure));
    }

    void heartbeat(Session session) {
        from(session, new FromTaskManager.Heartbeat(1, List.of()));
    }

    JobId newJob() {
        return new JobId(0, ++jobs);
    }

    JobId submit(JobGraph graph) {
        JobId job = newJob();
        submit(job, graph).orThrow();
        return job;
    }

    Outcome<JobSummary> submit(JobId job, JobGraph graph) {
        return submitAnd(job, graph).get();
    }

    Box<Outcome<JobSummary>> submitAnd(JobId job, JobGraph graph) {
        Box<Outcome<JobSummary>> answer = new Box<>();
        post(new Event.Submit(job, graph, answer::set));
        return answer;
    }

    Outcome<JobSummary> cancel(JobId job) {
        Box<Outcome<JobSummary>> answer = new Box<>();
        post(new Event.CancelJob(job, answer::set));
        return answer.get();
    }

    Outcome<JobDetails> get(JobId job) {
        Box<Outcome<JobDetails>> answer = new Box<>();
        post(new Event.GetJob(job, answer::set));
        return answer.get();
    }

    JobDetails details(JobId job) {
        return get(job).orThrow();
    }

    JobStatus status(JobId job) {
        return details(job).summary().status();
    }

    List<JobSummary> list() {
        Box<List<JobSummary>> answer = new Box<>();
        post(new Event.ListJobs(answer::set));
        return answer.get();
    }

    ClusterStatus cluster() {
        Box<ClusterStatus> answer = new Box<>();
        post(new Event.GetClusterStatus(answer::set));
        return answer.get();
    }

    /** Messages of one kind that were sent on a session, oldest first. */
    <T extends ToTaskManager> List<T> sent(Session session, Class<T> kind) {
        return sent.getOrDefault(session, List.of()).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Every subtask that was deployed on a session. */
    List<SubtaskId> deployed(Session session) {
        return sent(session, ToTaskManager.Deploy.class).stream()
                .map(deploy -> deploy.deployment().id())
                .toList();
    }

    /** Takes all subtasks on these sessions to a state, as their TaskManagers would report. */
    void report(ExecutionState state, Session... on) {
        for (Session session : on) {
            deployed(session).forEach(subtask -> state(session, subtask, state));
        }
    }

    /** Takes the only job on these sessions to RUNNING. */
    void run(Session... on) {
        report(ExecutionState.INITIALIZING, on);
        report(ExecutionState.RUNNING, on);
    }

    /** Where one answer goes. */
    static final class Box<T> {
        private @Nullable T value;

        void set(T answer) {
            if (value != null) {
                throw new IllegalStateException("a second answer: " + answer);
            }
            value = answer;
        }

        boolean isSet() {
            return value != null;
        }

        T get() {
            if (value == null) {
                throw new IllegalStateException("no answer");
            }
            return value;
        }
    }
}
