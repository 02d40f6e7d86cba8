package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryReader;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.state.StateErrors;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.RestoredEntries;
import java.util.Arrays;

/** Hands the entries of a table that was written with an older schema to the state that takes its place. */
record TableRewrite(Catalog.Table old, KeyCursor<?> cursor, Database database) {

    /** @param state reads entries of the older schema; what it writes goes to another table */
    void into(RestoredEntries state) {
        cursor.readAside(() -> rewrite(state));
    }

    private void rewrite(RestoredEntries state) {
        byte[] prefix = Layout.prefix(old.number());
        int header = old.layout().headerBytes();
        BinaryReader in = new BinaryReader();
        try (Scan scan = database.scan(prefix, prefix.length)) {
            while (scan.next()) {
                byte[] key = scan.key();
                byte[] value = scan.value();
                int keyLength = key.length - header;
                byte[] entry = Arrays.copyOfRange(key, header, key.length + value.length);
                System.arraycopy(value, 0, entry, keyLength, value.length);
                in.reset(entry, 0, entry.length);
                cursor.readCurrentKey(in);
                state.restoreEntry(
                        new BlockHeader(false, old.layout() == Layout.SLICED ? Layout.time(key) : 0), in, true);
            }
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Problem.of(StateErrors.STATE_NOT_READABLE, "State '" + old.name() + "' cannot be read")
                    .because(e.toString())
                    .fix("Check that the job's classes are those that wrote the snapshot")
                    .asException(e);
        }
    }
}
