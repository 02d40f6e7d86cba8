package io.millrace.taskmanager.state;

import io.millrace.common.core.error.Problem;
import java.util.Map;
import java.util.TreeSet;

/** The kinds of keyed state that a host offers, by the names that jobs choose them by. Any thread. */
public record KeyedStateFactories(Map<String, KeyedStateFactory> byName) {
    public KeyedStateFactories {
        byName = Map.copyOf(byName);
    }

    /** @throws io.millrace.common.core.error.MillraceException if the host has none of this name */
    public KeyedStateFactory named(String name) {
        KeyedStateFactory factory = byName.get(name);
        if (factory == null) {
            throw Problem.of(StateErrors.STATE_BACKEND_UNKNOWN, "There is no state backend '" + name + "' here")
                    .because("This process has " + new TreeSet<>(byName.keySet()))
                    .fix("Set state.backend to one of them")
                    .asException();
        }
        return factory;
    }
}
