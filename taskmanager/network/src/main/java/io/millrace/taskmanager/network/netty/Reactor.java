package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.concurrent.Doorbell;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.wire.Hello;
import io.millrace.taskmanager.network.wire.Node;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop with the links of the peers that it serves. Slots and opening threads post {@link Mail}; any number of
 * posts before the loop looks are one task, and what they caused is flushed once per link. All but {@link #post} is for
 * the loop itself.
 */
final class Reactor {
    private static final Logger LOG = LoggerFactory.getLogger(Reactor.class);
    private static final int MAILBOX_STEP = 1024;
    private static final int MAILBOX_CAPACITY = 1 << 20;
    private static final int MOST_MAILS_PER_TURN = 4096;

    private final EventLoop loop;
    private final Transport transport;
    private final NetworkSettings settings;
    private final Greeting greeting;
    private final LoopCounters counters = new LoopCounters();
    private final Doorbell doorbell;
    private final Mailbox<Mail> mailbox;

    private final Map<Node, Link> links = new HashMap<>();
    private final Set<SendEnd> sends = new HashSet<>();
    private final Set<ReceiveEnd> receives = new HashSet<>();
    private long lastSession = Link.UNNAMED;
    private @Nullable Problem closed;

    Reactor(EventLoop loop, Transport transport, NetworkSettings settings, Greeting greeting) {
        this.loop = loop;
        this.transport = transport;
        this.settings = settings;
        this.greeting = greeting;
        this.doorbell = new Doorbell(loop, this::readMail);
        this.mailbox = Mailbox.growing("network", MAILBOX_STEP, MAILBOX_CAPACITY, doorbell);
    }

    /** Any thread. What posts is bounded by buffers, credits and channels far below the mailbox's capacity. */
    void post(Mail mail) {
        Check.invariant(mailbox.post(mail), "the reactor's mailbox is full");
    }

    EventLoop loop() {
        return loop;
    }

    NetworkSettings settings() {
        return settings;
    }

    Greeting greeting() {
        return greeting;
    }

    /** For this loop to add to and for any thread to read. */
    LoopCounters counters() {
        return counters;
    }

    /** Runs the action later on this loop, as a batch of its own. */
    Future<?> schedule(Duration delay, Runnable action) {
        return loop.schedule(
                () -> {
                    action.run();
                    counters.publish();
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void readMail() {
        doorbell.answer();
        boolean more;
        try {
            more = deliverMail();
        } catch (RuntimeException bug) {
            LOG.error("reactor event=failed", bug);
            more = true;
        }
        for (Link link : links.values()) {
            link.flush();
        }
        counters.publish();
        if (more) {
            doorbell.wake();
        }
    }

    /** @return whether mail may be left for the next turn */
    private boolean deliverMail() {
        for (int i = 0; i < MOST_MAILS_PER_TURN; i++) {
            Mail mail = mailbox.poll();
            if (mail == null) {
                return false;
            }
            mail.deliver();
        }
        return true;
    }

    // --- Channels

    void open(SendEnd end, Node peer, @Nullable InetSocketAddress dialAddress) {
        sends.add(end);
        if (closed != null) {
            end.fail(closed);
            end.release();
        } else {
            link(peer, dialAddress).open(end);
        }
    }

    void open(ReceiveEnd end, Node peer, @Nullable InetSocketAddress dialAddress) {
        receives.add(end);
        if (closed != null) {
            end.fail(closed);
            end.release();
        } else {
            link(peer, dialAddress).open(end);
        }
    }

    void closed(SendEnd end) {
        sends.remove(end);
    }

    void closed(ReceiveEnd end) {
        receives.remove(end);
    }

    // --- Links

    private Link link(Node peer, @Nullable InetSocketAddress dialAddress) {
        Link present = links.get(peer);
        return present != null ? present : begin(peer, dialAddress);
    }

    private Link begin(Node peer, @Nullable InetSocketAddress dialAddress) {
        Link link = new Link(this, peer, dialAddress, dialAddress == null ? Link.UNNAMED : ++lastSession);
        links.put(peer, link);
        // Later: whoever begins a link opens channels on it first, which must not find it failed already.
        loop.execute(link::start);
        return link;
    }

    void forget(Link link) {
        links.remove(link.peer(), link);
    }

    void dial(Link link, InetSocketAddress address) {
        if (address.isUnresolved()) {
            link.dialFailed(unreachable(link, address, "the host name is unknown"));
            return;
        }
        DialHandshake handshake = new DialHandshake(this, link);
        Connection connection = new Connection(counters, settings.buffers().payloadBytes(), handshake);
        ChannelFuture connecting = transport.dial(loop, address, connection);
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                handshake.begin(connection);
            } else {
                link.dialFailed(
                        unreachable(link, address, String.valueOf(done.cause().getMessage())));
            }
        });
    }

    private static Problem unreachable(Link link, InetSocketAddress address, String why) {
        return Problem.of(
                        NetworkErrors.CONNECT_FAILED, "TaskManager " + link.peer() + " cannot be reached at " + address)
                .because(why)
                .fix("Check that it runs and that its data port is open to this host.");
    }

    /** A peer that dials has said a good hello: answers it and brings the link up, or refuses the session. */
    void admit(Connection connection, Hello hello) {
        if (closed != null) {
            connection.refuse(closed);
            return;
        }
        Hello.Session session = hello.session();
        Link link = links.get(hello.from());
        boolean known = link != null && link.session() == session.number();
        boolean fresh = link == null || link.session() < session.number();
        if (session.resumes() ? !known : !fresh) {
            connection.refuse(Reception.stale(hello));
            return;
        }
        if (link != null && !known && link.session() != Link.UNNAMED) {
            link = replace(link, hello);
        } else if (link == null) {
            link = begin(hello.from(), null);
        }
        if (link.isUp()) {
            link.replaceConnection();
        }
        link.adoptSession(session.number());
        connection.sendHello(greeting.to(hello.from(), link.sessionSoFar()));
        link.attach(connection, session.received());
        counters.publish();
    }

    /**
     * The peer has given up a session that this side still held: what it had not heard of yet goes on in the new one.
     */
    private Link replace(Link old, Hello hello) {
        ChannelTable.Unmatched unmatched = old.takeUnmatched();
        old.end(Problem.of(NetworkErrors.CONNECTION_LOST, "TaskManager " + old.peer() + " has begun another session")
                .because("session " + old.session() + " was followed by "
                        + hello.session().number()));
        Link next = begin(hello.from(), null);
        unmatched.sends().forEach(next::open);
        unmatched.receives().forEach(next::open);
        return next;
    }

    // --- End

    /** Fails and forgets everything; the loop may be shut down afterwards. */
    void close(Problem reason) {
        closed = reason;
        for (Link link : List.copyOf(links.values())) {
            link.end(reason);
        }
        for (SendEnd end : new ArrayList<>(sends)) {
            end.fail(reason);
            end.release();
        }
        for (ReceiveEnd end : new ArrayList<>(receives)) {
            end.fail(reason);
            end.release();
        }
        counters.publish();
    }

    /** After the loop has ended, by whoever ended it: what was posted meanwhile finds everything closed. */
    void readLastMail() {
        readMail();
    }
}
