package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.wire.FrameSink;
import io.millrace.taskmanager.network.wire.Hello;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first exchange on a connection that came in: the peer's hello, in time, then ours. Begins on the event loop that
 * accepts and hands the connection to the one that serves the peer.
 */
final class AcceptHandshake implements Conversation, FrameSink {
    private final Reception reception;
    private @Nullable Connection connection;
    private @Nullable Future<?> timer;
    private boolean greeted;

    AcceptHandshake(Reception reception) {
        this.reception = reception;
    }

    /** The connection was accepted. */
    void begin(Connection with, long helloTimeoutNanos) {
        connection = with;
        timer = with.channel().eventLoop().schedule(this::tooLate, helloTimeoutNanos, TimeUnit.NANOSECONDS);
    }

    /** There are too many that wait, and this one waits longest. */
    void makeRoom() {
        refuse(Problem.of(NetworkErrors.TOO_MANY_HANDSHAKES, "Too many connections wait for their hello"));
    }

    private void tooLate() {
        refuse(Problem.of(NetworkErrors.HELLO_TIMEOUT, "No hello came in time"));
    }

    private void refuse(Problem problem) {
        Connection with = connection;
        if (with != null) {
            with.refuse(problem);
        }
    }

    @Override
    public FrameSink sink() {
        return this;
    }

    @Override
    public void onHello(Hello hello) {
        Connection with = connection;
        if (with == null || greeted) {
            throw Problem.of(NetworkErrors.UNEXPECTED_FRAME, "A second hello").asException();
        }
        with.greeted();
        greeted = true;
        reception.greeting().check(hello, null);
        leave();
        reception.admit(with, hello);
    }

    @Override
    public void onBroken(Problem problem) {
        leave();
    }

    @Override
    public void onLost() {
        leave();
    }

    private void leave() {
        if (timer != null) {
            timer.cancel(false);
        }
        reception.left(this);
    }
}
