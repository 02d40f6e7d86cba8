package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.suite.WideningSuite;

final class HeapWideningTest extends WideningSuite {

    @Override
    protected KeyedStateFactory factory() {
        return new HeapStateFactory();
    }
}
