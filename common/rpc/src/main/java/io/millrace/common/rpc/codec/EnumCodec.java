package io.millrace.common.rpc.codec;

import com.google.protobuf.ProtocolMessageEnum;
import io.millrace.common.core.error.Check;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Translates an enum whose constants have the same names on the wire, after a prefix. Complete by construction. */
final class EnumCodec<R extends Enum<R>, W extends Enum<W> & ProtocolMessageEnum> {
    private final String what;
    private final Map<R, W> toWire;
    private final Map<W, R> fromWire;

    EnumCodec(String prefix, Class<R> records, Class<W> wire) {
        this.what = prefix.toLowerCase(Locale.ROOT).replace('_', ' ').strip();
        this.toWire = new EnumMap<>(records);
        this.fromWire = new EnumMap<>(wire);
        for (R constant : records.getEnumConstants()) {
            W counterpart = Enum.valueOf(wire, prefix + constant.name());
            toWire.put(constant, counterpart);
            fromWire.put(counterpart, constant);
        }
    }

    W encode(R constant) {
        W wire = toWire.get(constant);
        Check.invariant(wire != null, "no wire form of " + constant);
        return wire;
    }

    R decode(W wire) {
        R constant = fromWire.get(wire);
        Decoding.require(constant != null, what, "unknown value " + wire);
        return constant;
    }
}
