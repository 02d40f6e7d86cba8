package io.millrace.deploy.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Processor seconds of the whole machine since it started, so that a round disturbed by others can be told. Zero where
 * there is no {@code /proc/stat}.
 *
 * @param busy spent in any process of this machine, or in its kernel
 * @param stolen wanted by this machine but given to others by the hypervisor
 */
record HostCpu(double busy, double stolen) {

    private static final Path STAT = Path.of("/proc/stat");
    /** The unit of the file; fixed for user space on Linux. */
    private static final double TICKS_PER_SECOND = 100;

    static HostCpu now() {
        if (!Files.isReadable(STAT)) {
            return new HostCpu(0, 0);
        }
        try {
            List<String> lines = Files.readAllLines(STAT);
            return parse(lines.get(0));
        } catch (IOException e) {
            return new HostCpu(0, 0);
        }
    }

    /** Reads the line {@code cpu user nice system idle iowait irq softirq steal …}. */
    static HostCpu parse(String line) {
        long[] ticks = Arrays.stream(line.trim().split(" +"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        long busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
        return new HostCpu(busy / TICKS_PER_SECOND, ticks[7] / TICKS_PER_SECOND);
    }
}
