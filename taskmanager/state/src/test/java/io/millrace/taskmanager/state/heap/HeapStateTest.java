package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.suite.StateSuite;

final class HeapStateTest extends StateSuite {

    @Override
    protected KeyedStateFactory factory() {
        return new HeapStateFactory();
    }

    @Override
    protected int runs() {
        return 200;
    }
}
