package io.millrace.deploy.benchmarks.jmh;

import io.millrace.taskmanager.network.wire.FrameReader;
import io.millrace.taskmanager.network.wire.FrameSink;
import io.millrace.taskmanager.network.wire.FrameWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a data frame costs on both sides of a connection, the copies of its payload included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameCodecBenchmark {

    private static final int FRAMES = 64;

    /** A frame of one small record under low load, and a full one. */
    @Param({"100", "32768"})
    private int payloadBytes;

    /** Bytes that arrive at once; frames are cut where it happens. */
    @Param({"65536"})
    private int fragmentBytes;

    private byte[] payload = {};
    private ByteBuf wire = Unpooled.EMPTY_BUFFER;
    private FrameReader reader = new FrameReader(1, new Discarding(1));

    /** Allocates the wire and fills it once for the reading side. */
    @Setup
    public void allocate() {
        payload = new byte[payloadBytes];
        wire = Unpooled.directBuffer(FRAMES * (FrameWriter.DATA_HEADER_BYTES + payloadBytes));
        reader = new FrameReader(payloadBytes, new Discarding(payloadBytes));
        write();
    }

    @TearDown
    public void release() {
        wire.release();
    }

    /** Writes header and payload. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public ByteBuf write() {
        wire.clear();
        for (int sequence = 0; sequence < FRAMES; sequence++) {
            FrameWriter.dataHeader(wire, false, 7, sequence, payloadBytes);
            wire.writeBytes(payload);
        }
        return wire;
    }

    /** Reads the frames from fragments as a socket gives them. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public FrameReader read() {
        int end = wire.writerIndex();
        for (int from = 0; from < end; from += fragmentBytes) {
            wire.setIndex(from, Math.min(end, from + fragmentBytes));
            reader.read(wire);
        }
        wire.setIndex(0, end);
        return reader;
    }

    /** Takes every payload into the same array. */
    private static final class Discarding implements FrameSink {

        private final byte[] target;

        Discarding(int payloadBytes) {
            this.target = new byte[payloadBytes];
        }

        @Override
        public byte @Nullable [] onData(int handle, long sequence, int payloadBytes, boolean urgent) {
            return target;
        }

        @Override
        public void onDataEnd(int payloadBytes) {
            // Nothing is kept.
        }
    }
}
