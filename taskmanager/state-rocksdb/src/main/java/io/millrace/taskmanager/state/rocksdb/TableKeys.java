package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/** The operator's keys that a table of the database has something of. */
record TableKeys(Catalog.Table table, TypeSerializer<?> keys) {

    void addTo(Set<ByteBuffer> found, Database database) {
        BinaryWriter prefix = new BinaryWriter(16);
        Layout.writeShort(prefix, table.number());
        int header = table.layout().headerBytes();
        BinaryReader in = new BinaryReader();
        try (Scan scan = database.scan(Arrays.copyOf(prefix.bytes(), prefix.position()), prefix.position())) {
            while (scan.next()) {
                byte[] key = scan.key();
                in.reset(key, header, key.length - header);
                keys.deserialize(in);
                found.add(ByteBuffer.wrap(Arrays.copyOfRange(key, header, in.position())));
            }
        }
    }
}
