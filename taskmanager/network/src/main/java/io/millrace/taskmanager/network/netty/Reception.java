package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.wire.FrameSink;
import io.millrace.taskmanager.network.wire.Hello;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Where connections come in: keeps those that have not said hello, a bounded number for a bounded time, and sends the
 * others to the reactor of their peer. Owned by the first reactor's event loop, on which all connections are accepted.
 */
final class Reception extends ChannelInitializer<Channel> {
    private final NettyDataPlane plane;
    private final Reactor reactor;
    private final NetworkSettings settings;
    private final Set<AcceptHandshake> waiting = new LinkedHashSet<>();

    /** @param reactor the one that accepts */
    Reception(NettyDataPlane plane, Reactor reactor, NetworkSettings settings) {
        this.plane = plane;
        this.reactor = reactor;
        this.settings = settings;
    }

    @Override
    protected void initChannel(Channel channel) {
        AcceptHandshake handshake = new AcceptHandshake(this);
        Connection connection =
                new Connection(reactor.counters(), settings.buffers().payloadBytes(), handshake);
        channel.pipeline().addLast(connection);
        if (waiting.size() >= settings.limits().handshakes()) {
            waiting.iterator().next().makeRoom();
        }
        waiting.add(handshake);
        handshake.begin(connection, settings.timeouts().hello().toNanos());
    }

    Greeting greeting() {
        return reactor.greeting();
    }

    void left(AcceptHandshake handshake) {
        waiting.remove(handshake);
    }

    /** A connection has said a good hello: it goes to the peer's reactor. */
    void admit(Connection connection, Hello hello) {
        Reactor home = plane.reactorOf(hello.from().taskManager());
        if (home == reactor) {
            home.admit(connection, hello);
        } else {
            move(connection, hello, home);
        }
    }

    private void move(Connection connection, Hello hello, Reactor home) {
        Channel channel = connection.channel();
        // The peer says nothing before it has our hello, so nothing is read on the way.
        connection.converse(new Moving());
        channel.config().setAutoRead(false);
        channel.deregister().addListener(left -> home.loop().register(channel).addListener(arrived -> {
            if (arrived.isSuccess()) {
                connection.moveTo(home.counters());
                home.admit(connection, hello);
                channel.config().setAutoRead(true);
            } else {
                connection.close();
            }
        }));
    }

    /** A connection on its way between two event loops; a peer that speaks now breaks the protocol. */
    private static final class Moving implements Conversation, FrameSink {

        @Override
        public FrameSink sink() {
            return this;
        }

        @Override
        public void onBroken(Problem problem) {}

        @Override
        public void onLost() {}
    }

    /** The reason for refusing a hello that names a session which this side does not know. */
    static Problem stale(Hello hello) {
        return Problem.of(
                NetworkErrors.STALE_SESSION,
                "Session " + hello.session().number() + " of " + hello.from() + " has ended here");
    }
}
