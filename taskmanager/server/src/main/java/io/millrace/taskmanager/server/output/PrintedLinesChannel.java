package io.millrace.taskmanager.server.output;

import io.millrace.common.core.concurrent.Ring;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.taskmanager.runtime.sink.JobOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines that one print operator of one attempt writes. The slot's thread prints, the supervisor's thread drains.
 * Bounded: a line that finds no room is dropped, and its missing number tells so.
 */
public final class PrintedLinesChannel implements JobOutputs.Lines {
    private static final int CAPACITY = 4_096;
    private static final int MAX_LINES_PER_MESSAGE = 1_024;
    private static final int MAX_CHARS_PER_MESSAGE = 64 * 1024;
    private static final int MAX_LINE_CHARS = 16 * 1024;
    private static final String CUT = " ... (cut)";

    /** One line and its place among all lines of the operator. */
    private record Line(long number, String text, boolean error) {}

    private final SubtaskId subtask;
    private final int operator;
    private final String operatorName;
    private final Ring<Line> waiting;
    private final CloseFlag closed = new CloseFlag();

    /** Slot's thread. */
    private long printed;

    /** Supervisor's thread: a line taken from the ring that did not fit the message before it. */
    private @Nullable Line held;

    PrintedLinesChannel(SubtaskId subtask, int operator, String operatorName, Signal supervisor) {
        this.subtask = subtask;
        this.operator = operator;
        this.operatorName = operatorName;
        this.waiting = new Ring<>(CAPACITY, supervisor, new Signal());
    }

    SubtaskId subtask() {
        return subtask;
    }

    @Override
    public void print(String line, boolean error) {
        String text = line.length() <= MAX_LINE_CHARS ? line : line.substring(0, MAX_LINE_CHARS) + CUT;
        waiting.offer(new Line(printed++, text, error));
    }

    @Override
    public void close() {
        closed.set();
    }

    boolean isClosed() {
        return closed.isSet();
    }

    /** Supervisor's thread: sends what waits, in as few messages as their bounds allow. */
    int drainTo(Consumer<FromTaskManager> send) {
        int messages = 0;
        for (Line first = take(); first != null; first = take()) {
            send.accept(messageFrom(first));
            messages++;
        }
        return messages;
    }

    private FromTaskManager messageFrom(Line first) {
        List<String> texts = new ArrayList<>();
        texts.add(first.text());
        int chars = first.text().length();
        long expected = first.number() + 1;
        while (texts.size() < MAX_LINES_PER_MESSAGE && chars < MAX_CHARS_PER_MESSAGE) {
            Line next = take();
            if (next == null) {
                break;
            }
            if (next.number() != expected || next.error() != first.error()) {
                held = next;
                break;
            }
            texts.add(next.text());
            chars += next.text().length();
            expected++;
        }
        return new FromTaskManager.OutputLines(subtask, operator, operatorName, first.error(), texts, first.number());
    }

    private @Nullable Line take() {
        Line line = held;
        if (line != null) {
            held = null;
            return line;
        }
        return waiting.poll();
    }
}
