package io.millrace.deploy.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostCpuTest {

    @Test
    void idleAndWaitingTimeIsNotBusy() {
        HostCpu cpu = HostCpu.parse("cpu  100 20 30 4000 500 6 7 80 0 0");
        assertThat(cpu).isEqualTo(new HostCpu(1.63, 0.8));
    }
}
