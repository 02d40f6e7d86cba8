package io.millrace.taskmanager.runtime.task;

import io.millrace.api.execution.GlobalParameters;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.api.types.WrittenType;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.JobOptions;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.KeyGroupRouting;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.operator.TaskCheckpointing;
import io.millrace.taskmanager.runtime.operator.TaskEnvironment;
import io.millrace.taskmanager.runtime.snapshot.RestoredParts;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.KeyedStateRequest;
import io.millrace.taskmanager.state.StateOwner;
import io.millrace.taskmanager.state.StateSerializers;
import java.util.OptionalLong;

/**
 * What the parts of one task are built with.
 *
 * @param code the job's classes and serializers
 * @param environment where its user code runs
 * @param signal wakes its slot
 * @param objectReuse whether mutable elements are shared instead of copied
 * @param watermarkIntervalNanos between periodic watermarks; 0 for none
 * @param exactlyOnce whether barriers are aligned
 * @param alignmentNanos how long barriers are aligned before they pass unaligned; {@code Long.MAX_VALUE}: for ever
 * @param keyedStates makes the state of keyed operators
 * @param restored what the task takes up
 */
record TaskContext(
        SubtaskDeployment deployment,
        TaskServices services,
        JobCode code,
        TaskEnvironment environment,
        Signal signal,
        boolean objectReuse,
        long watermarkIntervalNanos,
        boolean exactlyOnce,
        long alignmentNanos,
        KeyedStateFactory keyedStates,
        RestoredParts restored) {

    static TaskContext of(SubtaskDeployment deployment, JobCode code, TaskServices services, Signal signal) {
        Configuration configuration =
                Configuration.of(deployment.configuration(), "job '" + deployment.jobName() + "'");
        SubtaskNames names = new SubtaskNames(deployment);
        return new TaskContext(
                deployment,
                services,
                code,
                new TaskEnvironment(
                        names,
                        names,
                        GlobalParameters.read(configuration.get(JobOptions.GLOBAL_PARAMETERS)),
                        code.userClassLoader(),
                        checkpointing(deployment, configuration)),
                signal,
                configuration.get(JobOptions.OBJECT_REUSE),
                configuration.get(JobOptions.AUTO_WATERMARK_INTERVAL).toNanos(),
                isExactlyOnce(configuration),
                isExactlyOnce(configuration) && configuration.get(JobOptions.CHECKPOINT_UNALIGNED)
                        ? configuration
                                .get(JobOptions.CHECKPOINT_ALIGNED_TIMEOUT)
                                .toNanos()
                        : Overtaking.NEVER,
                services.keyedStates().named(configuration.get(JobOptions.STATE_BACKEND)),
                RestoredParts.read(deployment, services.storages()));
    }

    /** The key groups of the subtask. */
    KeyGroups keyGroups() {
        int groups = deployment.vertex().maxParallelism();
        KeyGroupRouting.Range range = KeyGroupRouting.even(
                        groups, deployment.vertex().parallelism())
                .ranges()
                .get(deployment.id().index());
        return new KeyGroups(range.start(), range.end(), groups);
    }

    private static boolean isExactlyOnce(Configuration configuration) {
        return configuration.get(JobOptions.CHECKPOINT_MODE).equals("exactly-once");
    }

    /** What the keyed state of an operator is made with. */
    <K> KeyedStateRequest<K> keyedState(int operator, TypeInformation<K> keyType) {
        SerializerFactory factory = code.serializers();
        StateSerializers serializers = new StateSerializers() {
            @Override
            public <T> TypeSerializer<T> of(TypeInformation<T> type) {
                return factory.stateSerializer(type, code.userClassLoader());
            }

            @Override
            public <T> ValueReader<T> reader(TypeInformation<T> type, WrittenType written) {
                return factory.stateReader(type, written, code.userClassLoader());
            }
        };
        SubtaskId task = deployment.id();
        return new KeyedStateRequest<>(
                new StateOwner(task.job().toString(), task.run(), operator, task.index(), task.attempt()),
                keyType,
                factory.hasher(keyType),
                serializers,
                keyGroups(),
                restored.of(operator).keyed());
    }

    private static TaskCheckpointing checkpointing(SubtaskDeployment deployment, Configuration configuration) {
        RestorePoint restore = deployment.restore();
        return new TaskCheckpointing(
                !configuration.get(JobOptions.CHECKPOINT_INTERVAL).isZero(),
                restore == null ? OptionalLong.empty() : OptionalLong.of(restore.checkpoint()),
                restore != null && restore.stopped());
    }
}
