package io.millrace.taskmanager.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.TimerQueue;
import io.millrace.taskmanager.state.suite.Backends;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the heap keeps beyond the contract: the order in which things came. */
final class HeapOrderTest {
    private final KeyedStateBackend<String> backend = new Backends(new HeapStateFactory()).textKeys(7);

    @Test
    void mapsKeepTheOrderOfTheirEntries() {
        MapState<String, Integer> map = backend.mapState(new MapStateDescriptor<>("m", String.class, Integer.class));
        backend.setCurrentKey("a");
        map.put("z", 1);
        map.put("b", 2);
        map.put("z", 3);
        assertThat(map.keys()).containsExactly("z", "b");
    }

    @Test
    void timersOfOneTimeFireInTheOrderOfTheirRegistration() {
        TimerQueue timers = backend.eventTimeTimers();
        for (String key : List.of("c", "a", "b")) {
            backend.setCurrentKey(key);
            timers.register(5);
        }
        List<String> fired = new ArrayList<>();
        while (timers.pollDue(5)) {
            fired.add(backend.currentKey());
        }
        assertThat(fired).containsExactly("c", "a", "b");
    }
}
