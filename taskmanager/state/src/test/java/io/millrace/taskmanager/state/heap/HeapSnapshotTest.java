package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.suite.SnapshotSuite;

final class HeapSnapshotTest extends SnapshotSuite {

    @Override
    protected KeyedStateFactory factory() {
        return new HeapStateFactory();
    }

    @Override
    protected KeyedStateFactory otherFactory() {
        return new HeapStateFactory();
    }

    @Override
    protected int runs() {
        return 300;
    }
}
