package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.wire.FrameSink;
import io.millrace.taskmanager.network.wire.Hello;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first exchange on a connection that a link has dialled: our hello, then the peer's. Owned by the link's event
 * loop.
 */
final class DialHandshake implements Conversation, FrameSink {
    private final Reactor reactor;
    private final Link link;
    private @Nullable Connection connection;
    private @Nullable Future<?> timer;
    private @Nullable Problem failure;

    DialHandshake(Reactor reactor, Link link) {
        this.reactor = reactor;
        this.link = link;
    }

    /** The connection is established. */
    void begin(Connection with) {
        connection = with;
        if (link.isEnded()) {
            with.close();
            return;
        }
        with.greeted();
        with.sendHello(reactor.greeting().to(link.peer(), link.sessionSoFar()));
        timer = reactor.loop()
                .schedule(this::tooLate, reactor.settings().timeouts().hello().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public FrameSink sink() {
        return this;
    }

    @Override
    public void onHello(Hello hello) {
        reactor.greeting().check(hello, link.peer());
        if (hello.session().number() != link.session()) {
            throw Problem.of(
                            NetworkErrors.STALE_SESSION,
                            "The peer answers for session " + hello.session().number())
                    .asException();
        }
        stopTimer();
        Connection with = connection;
        if (with != null && !link.isEnded()) {
            link.attach(with, hello.session().received());
        }
    }

    @Override
    public void onRefuse(String code, String text) {
        failure = Problem.of(NetworkErrors.PEER_REFUSED, "TaskManager " + link.peer() + " refused the connection")
                .because(code + ": " + text);
    }

    @Override
    public void onBroken(Problem problem) {
        failure = problem;
    }

    @Override
    public void onLost() {
        stopTimer();
        link.dialFailed(
                failure != null
                        ? failure
                        : Problem.of(
                                NetworkErrors.CONNECT_FAILED,
                                "TaskManager " + link.peer() + " closed the connection without a hello"));
    }

    private void tooLate() {
        Connection with = connection;
        if (with != null) {
            failure = Problem.of(NetworkErrors.HELLO_TIMEOUT, "TaskManager " + link.peer() + " sent no hello in time");
            with.refuse(failure);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
