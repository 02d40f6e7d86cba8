package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.concurrent.Shared;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.core.memory.MemoryReservation;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.network.DataPlaneStatistics;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import io.millrace.taskmanager.network.netty.LoopCounters.Counter;
import io.millrace.taskmanager.network.wire.Node;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The data plane over TCP. One connection per peer, served by one event loop; see the package for which thread does
 * what. It holds direct memory for the shared send buffers, one send buffer per sending channel and one arena per event
 * loop, and heap for the credits of the receiving channels; all of it is reserved in the budget handed in.
 */
public final class NettyDataPlane implements DataPlane {
    private static final int LONGEST_CLUSTER_BYTES = 200;
    private static final long CLOSE_TIMEOUT_MILLIS = 1_000;
    private static final long END_TIMEOUT_SECONDS = 10;

    private final Greeting greeting;
    private final MemoryBudget budget;
    private final SendBufferPool pool;
    private final MemoryReservation arenas;
    private final Transport transport;
    private final MultiThreadIoEventLoopGroup group;
    private final List<Reactor> reactors = new ArrayList<>();
    private final Channel listener;
    private final PeerAddress address;
    private final Shared<Boolean> closed = new Shared<>(false);

    private NettyDataPlane(Identity self, NetworkSettings settings, MemoryBudget budget) {
        this.transport = new Transport(settings);
        this.greeting = new Greeting(self, settings.buffers().payloadBytes());
        this.budget = budget;
        this.pool = new SendBufferPool(budget, settings.buffers());
        this.arenas = reserveArenas(transport.bytesPerLoop() * settings.eventLoops());
        this.group = new MultiThreadIoEventLoopGroup(
                settings.eventLoops(),
                new DefaultThreadFactory("millrace-network-" + self.taskManager(), true),
                transport.ioHandler());
        for (int i = 0; i < settings.eventLoops(); i++) {
            reactors.add(new Reactor(group.next(), transport, settings, greeting));
        }
        this.listener = listen(settings);
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        this.address = new PeerAddress(
                self.taskManager(), self.incarnation(), settings.listen().advertisedHost(), port);
    }

    /**
     * Opens the data port and starts the event loops.
     *
     * @param self whose end of the data plane this is
     * @param budget pays for all buffers
     * @throws MillraceException if the port cannot be opened, or the budget does not hold the shared buffers
     */
    public static NettyDataPlane start(Identity self, NetworkSettings settings, MemoryBudget budget) {
        Check.argument(
                self.cluster().getBytes(StandardCharsets.UTF_8).length <= LONGEST_CLUSTER_BYTES,
                "A cluster id has at most " + LONGEST_CLUSTER_BYTES + " bytes");
        return new NettyDataPlane(self, settings, budget);
    }

    private MemoryReservation reserveArenas(long bytes) {
        try {
            return budget.reserve("network.read", bytes).orThrow();
        } catch (MillraceException refused) {
            pool.close();
            throw refused;
        }
    }

    private Channel listen(NetworkSettings settings) {
        Reactor first = reactors.get(0);
        NetworkSettings.Listen where = settings.listen();
        ChannelFuture bound = transport
                .listen(
                        first.loop(),
                        new InetSocketAddress(where.bindHost(), where.port()),
                        new Reception(this, first, settings))
                .awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        endThreads();
        throw Problem.of(
                        NetworkErrors.PORT_UNAVAILABLE,
                        "The data port " + where.bindHost() + ":" + where.port() + " cannot be opened")
                .because(String.valueOf(bound.cause().getMessage()))
                .fix("Set taskmanager.data-port to a free port, or to 0, and taskmanager.bind-address to a local one.")
                .asException(bound.cause());
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    /** Direct memory that Netty's arenas hold now, at most what is reserved for them. Any thread. */
    long arenaBytes() {
        return transport.arenaBytes();
    }

    Reactor reactorOf(TaskManagerId peer) {
        return reactors.get(Math.floorMod(peer.hashCode(), reactors.size()));
    }

    @Override
    public SendChannel openSend(ChannelId id, PeerAddress consumer, Signal owner) {
        checkOpen(consumer);
        Node peer = new Node(consumer.taskManager(), consumer.incarnation());
        InetSocketAddress dialAddress = dialAddress(peer, consumer);
        Reactor reactor = reactorOf(consumer.taskManager());
        SendEnd end = new SendEnd(id, reactor, pool, pool.reserveOwn(), owner);
        reactor.post(() -> reactor.open(end, peer, dialAddress));
        return end;
    }

    @Override
    public ReceiveChannel openReceive(ChannelId id, PeerAddress producer, int credits, Signal owner) {
        checkOpen(producer);
        Check.argument(
                credits >= 2 && credits <= MAX_CREDITS,
                "A channel has 2 to " + MAX_CREDITS + " credits, not " + credits);
        Node peer = new Node(producer.taskManager(), producer.incarnation());
        InetSocketAddress dialAddress = dialAddress(peer, producer);
        Reactor reactor = reactorOf(producer.taskManager());
        int payloadBytes = pool.payloadBytes();
        MemoryReservation reservation =
                budget.reserve("network.receive", (long) credits * payloadBytes).orThrow();
        ReceiveEnd end = new ReceiveEnd(id, reactor, credits, payloadBytes, reservation, owner);
        reactor.post(() -> reactor.open(end, peer, dialAddress));
        return end;
    }

    private void checkOpen(PeerAddress peer) {
        if (closed.read()) {
            throw closedProblem().asException();
        }
        Check.argument(
                !peer.taskManager().equals(address.taskManager()),
                "A channel inside TaskManager " + address.taskManager() + " does not go through the data plane");
    }

    private @Nullable InetSocketAddress dialAddress(Node peer, PeerAddress at) {
        return greeting.dials(peer) ? new InetSocketAddress(at.host(), at.dataPort()) : null;
    }

    private Problem closedProblem() {
        return Problem.of(
                NetworkErrors.DATA_PLANE_CLOSED,
                "The data plane of TaskManager " + greeting.self().taskManager() + " is closed");
    }

    @Override
    public DataPlaneStatistics statistics() {
        return new DataPlaneStatistics(
                total(counters -> counters.framesSent),
                total(counters -> counters.bytesSent),
                total(counters -> counters.framesReceived),
                total(counters -> counters.bytesReceived),
                total(counters -> counters.framesDropped),
                total(counters -> counters.reconnects),
                total(counters -> counters.refusals),
                total(counters -> counters.connections),
                pool.sharedInUse() + total(counters -> counters.ownBuffersInUse),
                total(counters -> counters.creditsOutstanding),
                total(counters -> counters.channelsWithoutCredit));
    }

    private long total(Function<LoopCounters, Counter> counter) {
        long sum = 0;
        for (Reactor reactor : reactors) {
            sum += counter.apply(reactor.counters()).read();
        }
        return sum;
    }

    @Override
    public void close() {
        if (!closed.change(before -> before ? null : true)) {
            return;
        }
        listener.close().awaitUninterruptibly(END_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        for (Reactor reactor : reactors) {
            Future<?> done = reactor.loop().submit(() -> reactor.close(closedProblem()));
            done.awaitUninterruptibly(END_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        endThreads();
    }

    private void endThreads() {
        Future<?> ended = group.shutdownGracefully(0, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        if (ended.awaitUninterruptibly(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            reactors.forEach(Reactor::readLastMail);
        }
        arenas.close();
        pool.close();
    }
}
