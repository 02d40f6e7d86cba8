package io.millrace.api.state.backend;

/** Where keyed state and timers are kept. The same as {@code state.backend} in the configuration of a job. */
public sealed interface StateBackend permits HashMapStateBackend, EmbeddedRocksDBStateBackend {

    /** Its name in the configuration. */
    String getName();
}
