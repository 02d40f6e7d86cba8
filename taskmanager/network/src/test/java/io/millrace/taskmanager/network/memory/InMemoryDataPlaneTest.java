package io.millrace.taskmanager.network.memory;

import io.millrace.taskmanager.network.DataPlaneConformance;
import io.millrace.taskmanager.network.TestCluster;

class InMemoryDataPlaneTest extends DataPlaneConformance {

    @Override
    protected TestCluster startCluster() {
        return new InMemoryCluster(42, SIZES);
    }
}
