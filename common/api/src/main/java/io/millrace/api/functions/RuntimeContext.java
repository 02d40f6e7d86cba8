package io.millrace.api.functions;

import io.millrace.api.state.KeyedStateStore;
import java.util.Map;

/**
 * What a rich function knows of where it runs. State is available to functions on keyed streams only; asking for it
 * elsewhere fails with {@code STATE_WITHOUT_KEY}. For the function's own thread.
 */
public interface RuntimeContext extends KeyedStateStore {
    TaskInfo getTaskInfo();

    JobInfo getJobInfo();

    /** Parameters set with {@code ExecutionConfig.setGlobalJobParameters}. */
    Map<String, String> getGlobalJobParameters();

    ClassLoader getUserCodeClassLoader();
}
