package io.millrace.deploy.architecture.bad.common;

import java.util.Optional;
import org.rocksdb.RocksDBException;

/** A failure of the database far from the module that speaks to it. */
final class DatabaseLeak {
    Optional<RocksDBException> failure = Optional.empty();

    String reason() {
        return failure.map(RocksDBException::getMessage).orElse("");
    }
}
