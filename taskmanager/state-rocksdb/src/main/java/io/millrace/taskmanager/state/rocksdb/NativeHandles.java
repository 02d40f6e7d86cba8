package io.millrace.taskmanager.state.rocksdb;

import io.millrace.common.core.concurrent.Shared;
import java.util.ArrayList;
import java.util.List;

/** Native objects of one owner, closed together, last first; counted for all owners. For one thread at a time. */
final class NativeHandles implements AutoCloseable {
    private final Shared<Integer> open;
    private final List<AutoCloseable> handles = new ArrayList<>();

    /** @param open counts the handles of all owners that share it */
    NativeHandles(Shared<Integer> open) {
        this.open = open;
    }

    <T extends AutoCloseable> T own(T handle) {
        handles.add(handle);
        open.change(before -> before + 1);
        return handle;
    }

    /** Closes one before the others. */
    void close(AutoCloseable handle) {
        if (handles.remove(handle)) {
            closeNow(handle);
        }
    }

    @Override
    public void close() {
        for (int i = handles.size() - 1; i >= 0; i--) {
            closeNow(handles.remove(i));
        }
    }

    private void closeNow(AutoCloseable handle) {
        open.change(before -> before - 1);
        try {
            handle.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("native objects close without checked exceptions", e);
        }
    }
}
