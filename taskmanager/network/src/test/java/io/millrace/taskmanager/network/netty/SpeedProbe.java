package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.taskmanager.network.Chunk;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast frames go between two data planes of one JVM over loopback: one sending and one receiving slot, several
 * channels. Beside it, in turns, the floor: a plain blocking socket pair that makes the same copies and nothing else.
 * Arguments: {@code [seconds per round] [channels] [credits] [bytes per frame]}. Prints one line per round: frames/s,
 * MB/s, CPU time and allocated bytes per frame of the whole JVM. On a shared machine the CPU time is the figure to
 * compare.
 */
public final class SpeedProbe {
    private static final int ROUNDS = 5;

    private SpeedProbe() {}

    /** Runs the probe. */
    public static void main(String[] arguments) throws InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        int channels = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        int credits = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
        int[] sizes = arguments.length > 3 ? new int[] {Integer.parseInt(arguments[3])} : new int[] {32 * 1024, 200};
        for (int frameBytes : sizes) {
            try (Pair pair = new Pair(channels, credits)) {
                Rounds ours = new Rounds("data plane", frameBytes);
                Rounds floor = new Rounds("floor", frameBytes);
                pair.run(frameBytes, seconds);
                LoopbackFloor.run(frameBytes, seconds);
                for (int round = 0; round < ROUNDS; round++) {
                    ours.measure(() -> pair.run(frameBytes, seconds));
                    floor.measure(() -> LoopbackFloor.run(frameBytes, seconds));
                }
                ours.printMedian();
                floor.printMedian();
            }
        }
    }

    /** Moves frames for a while. */
    private interface Load {
        /** @return how many frames were moved */
        long run() throws InterruptedException;
    }

    /** The rounds of one load with their figures. */
    private static final class Rounds {
        private final String name;
        private final int frameBytes;
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> cpu = new ArrayList<>();

        Rounds(String name, int frameBytes) {
            this.name = name;
            this.frameBytes = frameBytes;
        }

        void measure(Load load) throws InterruptedException {
            long allocated = allocatedBytes();
            long cpuNanos = cpuNanos();
            long start = System.nanoTime();
            long frames = load.run();
            double rate = frames * 1e9 / (System.nanoTime() - start);
            double cpuPerFrame = (double) (cpuNanos() - cpuNanos) / frames;
            rates.add(rate);
            cpu.add(cpuPerFrame);
            print("", rate, cpuPerFrame);
            System.out.printf(
                    Locale.ROOT, "%8.1f B allocated per frame%n", (double) (allocatedBytes() - allocated) / frames);
        }

        void printMedian() {
            rates.sort(null);
            cpu.sort(null);
            print("median ", rates.get(rates.size() / 2), cpu.get(cpu.size() / 2));
            System.out.println();
        }

        private void print(String prefix, double rate, double cpuPerFrame) {
            System.out.printf(
                    Locale.ROOT,
                    "%s%-10s %6d B frames: %,12.0f frames/s %,8.0f MB/s %8.0f ns CPU per frame",
                    prefix,
                    name,
                    frameBytes,
                    rate,
                    rate * frameBytes / 1e6,
                    cpuPerFrame);
        }

        private static long cpuNanos() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        private static long allocatedBytes() {
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long sum = 0;
            for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
                sum += Math.max(0, bytes);
            }
            return sum;
        }
    }

    private static final class Pair implements AutoCloseable {
        private final Signal sender = new Signal();
        private final Signal receiver = new Signal();
        private final NettyDataPlane left = plane("a");
        private final NettyDataPlane right = plane("b");
        private final List<SendChannel> sends = new ArrayList<>();
        private final List<ReceiveChannel> receives = new ArrayList<>();

        Pair(int channels, int credits) {
            for (int i = 0; i < channels; i++) {
                ChannelId id = new ChannelId(new JobId(1, 2), 1, 0, i, i);
                receives.add(right.openReceive(id, left.address(), credits, receiver));
                sends.add(left.openSend(id, right.address(), sender));
            }
        }

        private static NettyDataPlane plane(String name) {
            return NettyDataPlane.start(
                    new Identity("probe", new TaskManagerId(name), new Incarnation(1)),
                    NetworkSettings.DEFAULTS,
                    new MemoryBudget("network", 256L << 20, "taskmanager.network.memory"));
        }

        long run(int frameBytes, int seconds) throws InterruptedException {
            long[] sent = new long[1];
            long[] received = new long[1];
            boolean[] sending = {true};
            Thread receiving = new Thread(() -> received[0] = receive(sent, sending), "probe-receiver");
            Thread producing = new Thread(() -> send(frameBytes, seconds, sent, sending), "probe-sender");
            producing.start();
            receiving.start();
            producing.join();
            receiving.join();
            return received[0];
        }

        private void send(int frameBytes, int seconds, long[] sent, boolean[] sending) {
            byte[] payload = new byte[frameBytes];
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            long frames = 0;
            while (System.nanoTime() < end) {
                long before = frames;
                frames = sendWhatGoes(payload, frames);
                if (frames == before) {
                    sender.prepareToPark();
                    frames = sendWhatGoes(payload, frames);
                    if (frames > before) {
                        sender.cancelPark();
                    } else {
                        sender.park(100_000_000);
                    }
                }
            }
            synchronized (sent) {
                sent[0] = frames;
                sending[0] = false;
            }
            receiver.wake();
        }

        private long sendWhatGoes(byte[] payload, long frames) {
            long total = frames;
            for (SendChannel channel : sends) {
                while (channel.canSend()) {
                    channel.send(payload, 0, payload.length);
                    total++;
                }
            }
            return total;
        }

        private long receive(long[] sent, boolean[] sending) {
            long frames = 0;
            while (!isDone(frames, sent, sending)) {
                long before = frames;
                frames = receiveWhatCame(frames);
                if (frames == before) {
                    receiver.prepareToPark();
                    frames = receiveWhatCame(frames);
                    if (frames > before) {
                        receiver.cancelPark();
                    } else {
                        receiver.park(10_000_000);
                    }
                }
            }
            return frames;
        }

        private static boolean isDone(long frames, long[] sent, boolean[] sending) {
            synchronized (sent) {
                return !sending[0] && frames == sent[0];
            }
        }

        private long receiveWhatCame(long frames) {
            long total = frames;
            for (ReceiveChannel channel : receives) {
                for (Chunk chunk = channel.poll(); chunk != null; chunk = channel.poll()) {
                    channel.release(chunk);
                    total++;
                }
            }
            return total;
        }

        @Override
        public void close() {
            left.close();
            right.close();
        }
    }
}
