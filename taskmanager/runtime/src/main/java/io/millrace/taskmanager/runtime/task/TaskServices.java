package io.millrace.taskmanager.runtime.task;

import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.core.time.Clock;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.runtime.exchange.LocalChannels;
import io.millrace.taskmanager.runtime.operator.Workers;
import io.millrace.taskmanager.runtime.sink.JobOutputs;
import io.millrace.taskmanager.state.KeyedStateFactories;

/**
 * What a TaskManager hands to all its tasks.
 *
 * @param clock the only source of time
 * @param dataPlane channels to other processes
 * @param localChannels channels inside this one
 * @param keyedStates the kinds of state that keyed operators may have
 * @param plans reads functions and types
 * @param workers run what may block
 * @param positionClasses classes of their own for the positions of chains
 * @param outputs takes printed lines and collected results
 * @param storages where snapshots are read from
 * @param channelCredits frames that may wait on an incoming network channel
 */
public record TaskServices(
        Clock clock,
        DataPlane dataPlane,
        LocalChannels localChannels,
        KeyedStateFactories keyedStates,
        PlanReader plans,
        Workers workers,
        PositionClasses positionClasses,
        JobOutputs outputs,
        CheckpointStorages storages,
        int channelCredits) {}
