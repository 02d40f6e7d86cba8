package io.millrace.deploy.architecture.bad.common;

import io.millrace.deploy.architecture.bad.proto.Message;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** A generated message and a Netty buffer far from the edges. */
final class ProtoLeak {
    Message message = new Message();
    Optional<ByteBuf> bytes = Optional.empty();

    ByteBuf firstBytes() {
        return bytes.orElseThrow();
    }
}
