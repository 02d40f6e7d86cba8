package io.millrace.taskmanager.network.wire;

import io.millrace.common.core.id.ChannelId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes every frame as a line of text. */
final class RecordingSink implements FrameSink {
    final List<String> frames = new ArrayList<>();
    private byte @Nullable [] payload;
    private String head = "";

    @Override
    public void onHello(Hello hello) {
        frames.add(hello.toString());
    }

    @Override
    public void onOpen(int handle, ChannelId channel) {
        frames.add("open " + handle + " " + channel);
    }

    @Override
    public byte[] onData(int handle, long sequence, int payloadBytes, boolean urgent) {
        head = "data " + handle + " " + sequence + (urgent ? " urgent " : " ");
        payload = new byte[payloadBytes];
        return payload;
    }

    @Override
    public void onDataEnd(int payloadBytes) {
        frames.add(head + HexFormat.of().formatHex(payload));
        payload = null;
    }

    @Override
    public void onCredit(int handle, long limit) {
        frames.add("credit " + handle + " " + limit);
    }

    @Override
    public void onAcknowledge(long count) {
        frames.add("acknowledge " + count);
    }

    @Override
    public void onBackEvent(int handle, long sequence, byte[] event) {
        frames.add(
                "back event " + handle + " " + sequence + " " + HexFormat.of().formatHex(event));
    }

    @Override
    public void onBackCredit(int handle, long consumedBytes) {
        frames.add("back credit " + handle + " " + consumedBytes);
    }

    @Override
    public void onClose(int handle, long count) {
        frames.add("close " + handle + " " + count);
    }

    @Override
    public void onStop(int handle) {
        frames.add("stop " + handle);
    }

    @Override
    public void onPing() {
        frames.add("ping");
    }

    @Override
    public void onRefuse(String code, String text) {
        frames.add("refuse " + code + " " + text);
    }
}
