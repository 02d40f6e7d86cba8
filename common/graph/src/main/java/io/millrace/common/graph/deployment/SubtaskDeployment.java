package io.millrace.common.graph.deployment;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.graph.JobVertex;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a TaskManager needs to run one attempt of one subtask.
 *
 * @param id which attempt this is
 * @param jobName for people
 * @param vertex the chain to run
 * @param slot the slot of the TaskManager, from 0
 * @param jars what the job's class loader is made of
 * @param configuration the job's settings
 * @param restore where its state is taken up from; null for a fresh start
 */
public record SubtaskDeployment(
        SubtaskId id,
        String jobName,
        JobVertex vertex,
        int slot,
        List<InputGatePlacement> inputs,
        List<OutputGatePlacement> outputs,
        List<BlobReference> jars,
        Map<String, String> configuration,
        @Nullable RestorePoint restore) {

    public SubtaskDeployment {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        jars = List.copyOf(jars);
        configuration = Map.copyOf(configuration);
    }
}
