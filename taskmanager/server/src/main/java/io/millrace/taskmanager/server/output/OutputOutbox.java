package io.millrace.taskmanager.server.output;

import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.taskmanager.runtime.sink.JobOutputs;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * All printed lines and collected results of this TaskManager on their way to the JobManager. Slots add their own ends;
 * the supervisor's thread drains them. While there is no JobManager lines wait in their bounded rings and are dropped
 * beyond that; results wait and push back.
 */
public final class OutputOutbox implements JobOutputs {
    /** Until the supervisor sees a channel and sets the JobManager's. */
    private static final int FIRST_RESULT_WINDOW = 1;

    private static final int USUALLY_OPENED_AT_ONCE = 16;
    /** The supervisor adopts what was opened at each step, so that this many never wait. */
    private static final int MOST_OPENED_AT_ONCE = 1 << 16;

    private final Signal supervisor;
    /** Ends opened by slots that the supervisor has not seen yet. */
    private final Mailbox<PrintedLinesChannel> openedLines;

    private final Mailbox<ResultChannel> openedResults;
    private final List<PrintedLinesChannel> lines = new ArrayList<>();
    private final List<ResultChannel> results = new ArrayList<>();

    /** Supervisor's thread: what the JobManager said last. */
    private int resultWindow = FIRST_RESULT_WINDOW;

    /** @param supervisor wakes the supervisor's host */
    public OutputOutbox(Signal supervisor) {
        this.supervisor = supervisor;
        this.openedLines = mailbox("opened-lines", supervisor);
        this.openedResults = mailbox("opened-results", supervisor);
    }

    private static <T> Mailbox<T> mailbox(String name, Signal supervisor) {
        return Mailbox.growing(name, USUALLY_OPENED_AT_ONCE, MOST_OPENED_AT_ONCE, supervisor);
    }

    @Override
    public PrintedLinesChannel openLines(SubtaskId subtask, int operator, String operatorName) {
        PrintedLinesChannel channel = new PrintedLinesChannel(subtask, operator, operatorName, supervisor);
        Check.invariant(openedLines.post(channel), "too many outputs opened at once");
        return channel;
    }

    @Override
    public ResultChannel openResults(SubtaskId subtask, int operator, Signal slot) {
        ResultChannel channel = new ResultChannel(subtask, operator, FIRST_RESULT_WINDOW, supervisor, slot);
        Check.invariant(openedResults.post(channel), "too many outputs opened at once");
        return channel;
    }

    /** Supervisor's thread: sends what waits. @return how many messages were sent */
    public int drainTo(Consumer<FromTaskManager> send, boolean connected) {
        adoptOpened();
        if (!connected) {
            return 0;
        }
        int sent = 0;
        for (Iterator<PrintedLinesChannel> all = lines.iterator(); all.hasNext(); ) {
            PrintedLinesChannel channel = all.next();
            boolean ended = channel.isClosed();
            sent += channel.drainTo(send);
            if (ended) {
                all.remove();
            }
        }
        for (ResultChannel channel : results) {
            sent += channel.drainTo(send);
        }
        return sent;
    }

    private void adoptOpened() {
        for (PrintedLinesChannel next = openedLines.poll(); next != null; next = openedLines.poll()) {
            lines.add(next);
        }
        for (ResultChannel next = openedResults.poll(); next != null; next = openedResults.poll()) {
            next.setWindow(resultWindow);
            results.add(next);
        }
    }

    /** Supervisor's thread: a JobManager answers again; what it has not acknowledged is sent once more. */
    public void onRegistered(int newResultWindow) {
        resultWindow = newResultWindow;
        adoptOpened();
        results.forEach(channel -> channel.onRegistered(newResultWindow));
    }

    /** Supervisor's thread. */
    public void onAcknowledged(ToTaskManager.ResultAck ack) {
        adoptOpened();
        for (ResultChannel channel : results) {
            if (channel.is(ack.subtask(), ack.operator())) {
                channel.onAcknowledged(ack.nextSequence());
            }
        }
    }

    /** Supervisor's thread: whether the client has all results of an attempt that adds no more. */
    public boolean isDelivered(SubtaskId subtask) {
        adoptOpened();
        return results.stream()
                .filter(channel -> channel.subtask().equals(subtask))
                .allMatch(ResultChannel::isDelivered);
    }

    /** Supervisor's thread: nothing of this attempt is to be sent any more. */
    public void forget(SubtaskId subtask) {
        adoptOpened();
        lines.removeIf(channel -> channel.subtask().equals(subtask));
        results.removeIf(channel -> channel.subtask().equals(subtask));
    }
}
