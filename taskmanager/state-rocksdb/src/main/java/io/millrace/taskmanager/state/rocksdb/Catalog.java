package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.common.core.error.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of one database, by the names of the states that they hold; timers among them. */
final class Catalog {
    static final String EVENT_TIME = "event-time";
    static final String PROCESSING_TIME = "processing-time";
    private static final int VERSION = 1;
    private static final int MOST_TABLES = Short.MAX_VALUE;

    /** @param number what its keys in the database begin with */
    record Table(int number, Layout layout, String name) {}

    /**
     * What is written beside the files of a snapshot.
     *
     * @param fileNames of all files, with their lengths
     */
    record Written(Catalog catalog, int eventTimeTimers, int processingTimeTimers, Map<String, Long> fileNames) {}

    private final Map<String, Table> states = new LinkedHashMap<>();
    private final Table eventTime = new Table(1, Layout.TIMERS, EVENT_TIME);
    private final Table processingTime = new Table(2, Layout.TIMERS, PROCESSING_TIME);
    private int last = 2;

    Table eventTime() {
        return eventTime;
    }

    Table processingTime() {
        return processingTime;
    }

    Collection<Table> states() {
        return states.values();
    }

    @Nullable
    Table find(String name) {
        return states.get(name);
    }

    /** A new table; it takes the place of one that has the name. */
    Table add(String name, Layout layout) {
        Check.argument(last < MOST_TABLES, "An operator has fewer than " + MOST_TABLES + " states");
        Table table = new Table(++last, layout, name);
        states.put(name, table);
        return table;
    }

    /** All tables, those of timers first. */
    List<Table> all() {
        List<Table> all = new ArrayList<>(List.of(eventTime, processingTime));
        all.addAll(states.values());
        return all;
    }

    ByteBuffer encode(int eventTimeTimers, int processingTimeTimers, Map<String, Long> files) {
        BinaryWriter out = new BinaryWriter(512);
        out.writeByte(VERSION);
        out.writeVarInt(eventTimeTimers);
        out.writeVarInt(processingTimeTimers);
        out.writeVarInt(last);
        out.writeVarInt(states.size());
        for (Table table : states.values()) {
            out.writeVarInt(table.number());
            out.writeBoolean(table.layout() == Layout.SLICED);
            out.writeString(table.name());
        }
        out.writeVarInt(files.size());
        files.forEach((name, length) -> {
            out.writeString(name);
            out.writeLong(length);
        });
        return ByteBuffer.wrap(out.bytes(), 0, out.position());
    }

    /** @throws IndexOutOfBoundsException if it is none */
    static Written decode(ByteBuffer block) {
        byte[] bytes = new byte[block.remaining()];
        block.duplicate().get(bytes);
        BinaryReader in = new BinaryReader();
        in.reset(bytes, 0, bytes.length);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IndexOutOfBoundsException("The catalog of a database has version " + version);
        }
        int eventTimeTimers = in.readVarInt();
        int processingTimeTimers = in.readVarInt();
        Catalog catalog = new Catalog();
        catalog.last = in.readVarInt();
        for (int left = in.readCount(); left > 0; left--) {
            int number = in.readVarInt();
            Layout layout = in.readBoolean() ? Layout.SLICED : Layout.KEYED;
            Table table = new Table(number, layout, in.readString());
            catalog.states.put(table.name(), table);
        }
        Map<String, Long> files = new LinkedHashMap<>();
        for (int left = in.readCount(); left > 0; left--) {
            files.put(in.readString(), in.readLong());
        }
        return new Written(catalog, eventTimeTimers, processingTimeTimers, files);
    }
}
