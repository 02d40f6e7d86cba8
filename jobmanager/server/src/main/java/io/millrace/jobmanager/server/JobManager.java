package io.millrace.jobmanager.server;

import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.concurrent.ThreadHost;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.time.Clock;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcServer;
import io.millrace.jobmanager.control.ControlGauges;
import io.millrace.jobmanager.control.ControlPlane;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.ControlServices;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.server.blob.BlobDirectory;
import io.millrace.jobmanager.server.blob.BlobService;
import io.millrace.jobmanager.server.checkpoint.StoreLanes;
import io.millrace.jobmanager.server.metadata.LogWriter;
import io.millrace.jobmanager.server.service.DispatcherService;
import io.millrace.jobmanager.server.service.GatewayService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JobManager in this process: its control agent on a thread of its own, its services, and its directory. Started and
 * closed by whoever hosts it; several can run in one process on directories and ports of their own.
 */
public final class JobManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobManager.class);
    private static final int MAILBOX_STEP = 1_024;
    private static final int MAILBOX_CAPACITY = 1 << 20;
    private static final long BLOB_CAPACITY_BYTES = 8L * 1024 * 1024 * 1024;

    private final Epoch epoch;
    private final RpcServer server;
    private final Published<ControlGauges> gauges;

    /** In the order in which it was started. */
    private final List<AutoCloseable> started;

    private JobManager(Epoch epoch, RpcServer server, Published<ControlGauges> gauges, List<AutoCloseable> started) {
        this.epoch = epoch;
        this.server = server;
        this.gauges = gauges;
        this.started = started;
    }

    /**
     * What the process hands in.
     *
     * @param blobWorkers runs uploads and downloads; shut down when this JobManager closes or cannot start
     * @param storages for checkpoints
     * @param nonces random numbers; called by several threads
     * @param onFatal told if an agent dies, which is a bug; the process should end
     */
    public record Surroundings(
            Clock clock,
            ExecutorService blobWorkers,
            CheckpointStorages storages,
            LongSupplier nonces,
            Consumer<Throwable> onFatal) {}

    /**
     * Starts a JobManager. It is ready when this returns, and jobs that had not ended on its directory start again.
     *
     * @throws io.millrace.common.core.error.MillraceException if the directory or the address cannot be had, or the
     *     metadata log is damaged
     */
    public static JobManager start(JobManagerSettings settings, Surroundings surroundings) {
        List<AutoCloseable> started = new ArrayList<>();
        started.add(surroundings.blobWorkers()::shutdownNow);
        try {
            return start(settings, surroundings, started);
        } catch (RuntimeException e) {
            close(started);
            throw e;
        }
    }

    /** @param started what is to be closed, the last first, if this throws or when the JobManager ends */
    private static JobManager start(
            JobManagerSettings settings, Surroundings surroundings, List<AutoCloseable> started) {
        Clock clock = surroundings.clock();
        BiConsumer<Agent, Throwable> onFailure = (agent, failure) -> fail(agent, failure, surroundings.onFatal());
        DataDirectory data = DataDirectory.open(settings.dataDirectory(), clock.epochMillis());
        started.add(data);
        BlobDirectory blobs = new BlobDirectory(data.blobs(), BLOB_CAPACITY_BYTES);
        Signal signal = new Signal();
        Mailbox<Event> mailbox = Mailbox.growing("control", MAILBOX_STEP, MAILBOX_CAPACITY, signal);
        Signal logSignal = new Signal();
        LogWriter log = LogWriter.open(data.metadata(), logSignal, mailbox);
        List<LoggedJob> logged = log.jobs();
        started.add(new ThreadHost("millrace-metadata-log", List.of(log), logSignal, clock, onFailure).start());
        StoreLanes stores = new StoreLanes(surroundings.storages(), clock, mailbox, onFailure);
        started.add(stores);
        // The services go before the agent: if the port is taken no job was touched. Mails wait in the box.
        RpcServer server = RpcServer.start(
                settings.bind(),
                settings.insecureAllowed(),
                List.of(new DispatcherService(mailbox, blobs), new GatewayService(data.epoch(), mailbox)),
                List.of(new BlobService(blobs)),
                surroundings.blobWorkers());
        started.add(server);
        ControlSettings control = new ControlSettings(
                settings.clusterId(), settings.version(), data.epoch(), settings.timing(), settings.limits());
        ControlServices services = new ControlServices(
                log, stores, surroundings.nonces(), settings.checkpointPlace().toString());
        ControlPlane plane = new ControlPlane(control, services, clock, mailbox, Command::execute);
        plane.recover(logged, clock.nanoTime());
        ThreadHost host = new ThreadHost("millrace-control", List.of(plane), signal, clock, onFailure);
        started.add(started.size() - 1, host.start());
        LOG.info(
                "event=started address={} cluster={} epoch={} version={} data={} jobs={}",
                server.address(),
                settings.clusterId(),
                data.epoch().number(),
                settings.version(),
                settings.dataDirectory(),
                logged.stream().filter(LoggedJob::isLive).count());
        return new JobManager(data.epoch(), server, plane.gauges(), started);
    }

    /** Where clients and TaskManagers reach it. */
    public RpcAddress address() {
        return server.address();
    }

    /** The epoch that it leads under. */
    public Epoch epoch() {
        return epoch;
    }

    /** The control plane in numbers; readable by any thread. */
    public ControlGauges gauges() {
        return gauges.read();
    }

    /** Ends all streams and frees port, threads and directory. Tasks on TaskManagers go on. */
    @Override
    public void close() {
        close(started);
        LOG.info("event=closed address={}", server.address());
    }

    private static void fail(Agent agent, Throwable failure, Consumer<Throwable> onFatal) {
        LOG.error("agent={} event=died", agent.name(), failure);
        onFatal.accept(failure);
    }

    /** The last that was started goes first: services, then the agent, then those that work for it. */
    private static void close(List<AutoCloseable> started) {
        for (int i = started.size() - 1; i >= 0; i--) {
            try {
                started.get(i).close();
            } catch (Exception e) {
                LOG.error("event=not-closed", e);
            }
        }
        started.clear();
    }
}
