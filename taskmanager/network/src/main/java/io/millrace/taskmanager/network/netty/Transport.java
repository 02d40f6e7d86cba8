package io.millrace.taskmanager.network.netty;

import io.millrace.taskmanager.network.NetworkSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How sockets are made: epoll where there is one, Java's selector otherwise, and the options of every connection. Netty
 * allocates from one arena per event loop: the buffer of the present read, and frames of numbers. Immutable, for all
 * event loops.
 */
final class Transport {
    private static final int PAGE_BYTES = 8192;
    private static final int WRITE_LOW_BYTES = 256 * 1024;
    private static final int WRITE_HIGH_BYTES = 512 * 1024;
    private static final int KERNEL_ARRAYS_BYTES = 64 * 1024;
    private static final int BACKLOG = 256;

    private final NetworkSettings settings;
    private final boolean epoll;
    private final int arenaOrder;
    private final PooledByteBufAllocator allocator;

    Transport(NetworkSettings settings) {
        this.settings = settings;
        this.epoll = settings.nativeTransport() && Epoll.isAvailable();
        this.arenaOrder = orderFor(settings.buffers().readBytes());
        this.allocator =
                new PooledByteBufAllocator(true, 0, settings.eventLoops(), PAGE_BYTES, arenaOrder, 64, 16, false);
    }

    /** A read buffer takes a quarter of the arena at most; Netty's size classes need 32 pages. */
    private static int orderFor(int readBytes) {
        int order = 5;
        while (((long) PAGE_BYTES << order) < 4L * readBytes && order < 14) {
            order++;
        }
        return order;
    }

    IoHandlerFactory ioHandler() {
        return epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /** Direct memory that Netty holds for each event loop: the arena, and what it tells the kernel with. */
    long bytesPerLoop() {
        return ((long) PAGE_BYTES << arenaOrder) + KERNEL_ARRAYS_BYTES;
    }

    /** Direct memory of the arenas now; any thread. */
    long arenaBytes() {
        return allocator.metric().usedDirectMemory();
    }

    ChannelFuture dial(EventLoop loop, InetSocketAddress address, ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.timeouts().connect().toMillis()))
                .handler(handler);
        ofConnections().forEach((option, value) -> set(bootstrap, option, value));
        return bootstrap.connect(address);
    }

    ChannelFuture listen(EventLoop loop, InetSocketAddress address, ChannelHandler child) {
        Class<? extends ServerChannel> server = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(server)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(child);
        if (settings.buffers().socketBytes() > 0) {
            // A listening socket hands its window on to those that it accepts.
            bootstrap.option(ChannelOption.SO_RCVBUF, settings.buffers().socketBytes());
        }
        ofConnections().forEach((option, value) -> setChild(bootstrap, option, value));
        return bootstrap.bind(address);
    }

    private Map<ChannelOption<?>, Object> ofConnections() {
        Map<ChannelOption<?>, Object> options = new LinkedHashMap<>();
        options.put(ChannelOption.TCP_NODELAY, true);
        options.put(ChannelOption.SO_KEEPALIVE, true);
        options.put(ChannelOption.ALLOCATOR, allocator);
        options.put(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(settings.buffers().readBytes()));
        options.put(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(WRITE_LOW_BYTES, WRITE_HIGH_BYTES));
        if (settings.buffers().socketBytes() > 0) {
            options.put(ChannelOption.SO_SNDBUF, settings.buffers().socketBytes());
            options.put(ChannelOption.SO_RCVBUF, settings.buffers().socketBytes());
        }
        return options;
    }

    @SuppressWarnings("unchecked")
    private static void set(Bootstrap bootstrap, ChannelOption<?> option, Object value) {
        bootstrap.option((ChannelOption<Object>) option, value);
    }

    @SuppressWarnings("unchecked")
    private static void setChild(ServerBootstrap bootstrap, ChannelOption<?> option, Object value) {
        bootstrap.childOption((ChannelOption<Object>) option, value);
    }
}
