package io.millrace.client.examples.loganalysis.traffic;

/**
 * The part of the traffic that one of several readers makes: whole lanes, so that all events of a user come from one
 * reader in their order. All splits together are all the traffic, whatever their number.
 *
 * @param lanes of the whole traffic
 * @param split from 0 up to {@code splits}
 * @param splits how many parts there are
 */
public record TrafficSplit(int lanes, int split, int splits) {

    public TrafficSplit {
        if (lanes < 1 || split < 0 || split >= splits) {
            throw new IllegalArgumentException("no split " + split + " of " + splits + " over " + lanes + " lanes");
        }
    }

    /** How many lanes are in this split; with more splits than lanes some have none. */
    public int ownLanes() {
        return split < lanes ? (lanes - split - 1) / splits + 1 : 0;
    }

    /** How many of the first {@code total} lines are in this split. */
    public long size(long total) {
        long fullRounds = total / lanes;
        int rest = (int) (total % lanes);
        int restLanes = split < rest ? (rest - split - 1) / splits + 1 : 0;
        return fullRounds * ownLanes() + restLanes;
    }

    /** Index in the whole traffic of this split's line {@code position}; grows with it. The split must own a lane. */
    public long index(long position) {
        int own = ownLanes();
        return position / own * lanes + split + position % own * splits;
    }
}
