package io.millrace.taskmanager.state;

/**
 * Makes the keyed state of operators, one per operator and subtask. Any thread; what it makes belongs to the slot's.
 */
public interface KeyedStateFactory {

    /**
     * @throws io.millrace.common.core.error.MillraceException if what the snapshot has cannot be taken up, or the
     *     machine does not give what the state needs
     */
    <K> KeyedStateBackend<K> create(KeyedStateRequest<K> request);
}
