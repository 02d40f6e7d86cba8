package io.millrace.common.checkpoint.storage;

/** The fake keeps the contract, else tests on it would prove nothing. */
class InMemoryStorageTest extends CheckpointStorageContract {
    private final InMemoryStorage storage = new InMemoryStorage();

    @Override
    protected CheckpointStorage storage() {
        return storage;
    }
}
