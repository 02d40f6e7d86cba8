package io.millrace.jobmanager.server;

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
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.server.blob.BlobDirectory;
import io.millrace.jobmanager.server.blob.BlobService;
import io.millrace.jobmanager.server.service.DispatcherService;
import io.millrace.jobmanager.server.service.GatewayService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
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

    private final DataDirectory data;
    private final ThreadHost host;
    private final ExecutorService blobWorkers;
    private final RpcServer server;
    private final Published<ControlGauges> gauges;

    private JobManager(
            DataDirectory data,
            ThreadHost host,
            ExecutorService blobWorkers,
            RpcServer server,
            Published<ControlGauges> gauges) {
        this.data = data;
        this.host = host;
        this.blobWorkers = blobWorkers;
        this.server = server;
        this.gauges = gauges;
    }

    /**
     * Starts a JobManager. It is ready when this returns.
     *
     * @param blobWorkers runs uploads and downloads; shut down when this JobManager closes or cannot start
     * @param onFatal told once if the control agent dies, which is a bug; the process should end
     * @throws io.millrace.common.core.error.MillraceException if the directory or the address cannot be had
     */
    public static JobManager start(
            JobManagerSettings settings, Clock clock, ExecutorService blobWorkers, Consumer<Throwable> onFatal) {
        DataDirectory data = null;
        try {
            data = DataDirectory.open(settings.dataDirectory(), clock.epochMillis());
            return start(settings, clock, blobWorkers, onFatal, data);
        } catch (RuntimeException e) {
            blobWorkers.shutdownNow();
            if (data != null) {
                release(data);
            }
            throw e;
        }
    }

    private static JobManager start(
            JobManagerSettings settings,
            Clock clock,
            ExecutorService blobWorkers,
            Consumer<Throwable> onFatal,
            DataDirectory data) {
        Epoch epoch = data.epoch();
        BlobDirectory blobs = new BlobDirectory(data.blobs(), BLOB_CAPACITY_BYTES);
        Signal signal = new Signal();
        Mailbox<Event> mailbox = Mailbox.growing("control", MAILBOX_STEP, MAILBOX_CAPACITY, signal);
        ControlSettings control = new ControlSettings(
                settings.clusterId(), settings.version(), epoch, settings.timing(), settings.limits());
        ControlPlane plane = new ControlPlane(control, clock, mailbox, Command::execute);
        // The services go first: if the port is taken nothing else was started. Mails wait in the box.
        RpcServer server = RpcServer.start(
                settings.bind(),
                settings.insecureAllowed(),
                List.of(new DispatcherService(mailbox, blobs), new GatewayService(epoch, mailbox)),
                List.of(new BlobService(blobs)),
                blobWorkers);
        ThreadHost host = new ThreadHost(
                "millrace-control", List.of(plane), signal, clock, (agent, failure) -> fail(agent, failure, onFatal));
        host.start();
        LOG.info(
                "event=started address={} cluster={} epoch={} version={} data={}",
                server.address(),
                settings.clusterId(),
                epoch.number(),
                settings.version(),
                settings.dataDirectory());
        return new JobManager(data, host, blobWorkers, server, plane.gauges());
    }

    /** Where clients and TaskManagers reach it. */
    public RpcAddress address() {
        return server.address();
    }

    /** The epoch that it leads under. */
    public Epoch epoch() {
        return data.epoch();
    }

    /** The control plane in numbers; readable by any thread. */
    public ControlGauges gauges() {
        return gauges.read();
    }

    /** Ends all streams and frees port, threads and directory. Tasks on TaskManagers go on. */
    @Override
    public void close() {
        server.close();
        host.close();
        blobWorkers.shutdownNow();
        release(data);
        LOG.info("event=closed address={}", server.address());
    }

    private static void fail(Agent agent, Throwable failure, Consumer<Throwable> onFatal) {
        LOG.error("agent={} event=died", agent.name(), failure);
        onFatal.accept(failure);
    }

    private static void release(DataDirectory data) {
        try {
            data.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
