package io.millrace.client.connectors.files;

import java.io.Serializable;
import java.util.List;

/**
 * What to read and how.
 *
 * @param paths files and directories in order
 * @param discoveryMillis how often to look for new files; 0 looks once
 * @param following whether appended lines are read, for ever
 * @param maxLineBytes a longer line is cut to one byte more
 */
record FileSourceSettings(List<String> paths, long discoveryMillis, boolean following, int maxLineBytes)
        implements Serializable {

    boolean isUnbounded() {
        return following || discoveryMillis > 0;
    }
}
