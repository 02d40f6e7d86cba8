/**
 * Keyed state in RocksDB: a database per operator and subtask, and in front of it a write-back cache of objects. For
 * the slot's thread, but for the factory and what it shares.
 */
@NullMarked
package io.millrace.taskmanager.state.rocksdb;

import org.jspecify.annotations.NullMarked;
