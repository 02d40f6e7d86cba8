package io.millrace.taskmanager.runtime.source;

import io.millrace.api.source.SourceEvent;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.DynamicType;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.taskmanager.runtime.operator.JobCode;

/** Turns source events into bytes and back. They are dynamic values: each names its class. For one thread. */
final class SourceEvents {
    private final TypeSerializer<SourceEvent> serializer;

    SourceEvents(JobCode code) {
        this.serializer =
                code.serializers().stateSerializer(new DynamicType<>(SourceEvent.class), code.userClassLoader());
    }

    OpaqueBytes encode(SourceEvent event) {
        BinaryWriter out = new BinaryWriter(64);
        serializer.serialize(event, out);
        byte[] bytes = new byte[out.position()];
        System.arraycopy(out.bytes(), 0, bytes, 0, bytes.length);
        return new OpaqueBytes(bytes);
    }

    SourceEvent decode(byte[] bytes) {
        BinaryReader in = new BinaryReader();
        in.reset(bytes, 0, bytes.length);
        return serializer.deserialize(in);
    }
}
