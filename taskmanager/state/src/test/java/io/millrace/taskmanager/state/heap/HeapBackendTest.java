package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.suite.BackendSuite;

final class HeapBackendTest extends BackendSuite {

    @Override
    protected KeyedStateFactory factory() {
        return new HeapStateFactory();
    }
}
