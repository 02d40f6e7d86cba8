package io.millrace.taskmanager.network;

/**
 * Totals of one data plane since its start and its state of this moment.
 *
 * @param framesSent data frames written to connections, repeats after a reconnect included
 * @param bytesSent their payload bytes
 * @param framesReceived data frames read from connections, those dropped included
 * @param bytesReceived their payload bytes
 * @param framesDropped frames for channels that were closed meanwhile
 * @param reconnects connections that were lost and came back
 * @param refusals connections closed with a coded error
 * @param connections connections that are up now
 * @param sendBuffersInUse buffers that hold frames not yet acknowledged, or that a channel keeps for its next frame
 * @param creditsOutstanding frames that peers may send now: announced by the receiving ends here, and not arrived
 * @param channelsWithoutCredit sending ends that have sent all that they may, those whose receiver is not open included
 */
public record DataPlaneStatistics(
        long framesSent,
        long bytesSent,
        long framesReceived,
        long bytesReceived,
        long framesDropped,
        long reconnects,
        long refusals,
        long connections,
        long sendBuffersInUse,
        long creditsOutstanding,
        long channelsWithoutCredit) {}
