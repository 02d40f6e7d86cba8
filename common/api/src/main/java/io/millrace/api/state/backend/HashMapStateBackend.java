package io.millrace.api.state.backend;

/** State as objects on the heap. The default; state has to fit into the memory of the TaskManagers. */
public final class HashMapStateBackend implements StateBackend {

    @Override
    public String getName() {
        return "heap";
    }
}
