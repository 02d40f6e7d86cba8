package io.millrace.taskmanager.state.rocksdb;

import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Goes through keys with a common beginning, in order, as they were when it was opened. Closed at its end. */
final class Scan implements AutoCloseable {
    private final Database database;
    private final ReadOptions options;
    private final RocksIterator iterator;
    private final byte[] prefix;
    private boolean started;
    private boolean closed;
    private byte[] key = new byte[0];

    Scan(Database database, ReadOptions options, RocksIterator iterator, byte[] from, int prefixLength) {
        this.database = database;
        this.options = options;
        this.iterator = iterator;
        this.prefix = Arrays.copyOf(from, prefixLength);
        iterator.seek(from);
    }

    /** Moves on. @return whether there is another key; if not, this is closed */
    boolean next() {
        if (closed) {
            return false;
        }
        if (started) {
            iterator.next();
        }
        started = true;
        if (iterator.isValid()) {
            key = iterator.key();
            if (key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                return true;
            }
        } else {
            check();
        }
        close();
        return false;
    }

    private void check() {
        try {
            iterator.status();
        } catch (RocksDBException e) {
            close();
            throw RocksErrors.of(e, database.directory());
        }
    }

    /** Goes to the first key that is not below {@code from}; {@link #next} follows. */
    void seek(byte[] from) {
        iterator.seek(from);
        started = false;
    }

    byte[] key() {
        return key;
    }

    byte[] value() {
        return iterator.value();
    }

    boolean isClosed() {
        return closed;
    }

    ReadOptions options() {
        return options;
    }

    RocksIterator iterator() {
        return iterator;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            database.close(this);
        }
    }
}
