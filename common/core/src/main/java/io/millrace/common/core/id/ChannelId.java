package io.millrace.common.core.id;

/**
 * One stream of elements from one subtask to another, in one run of a job.
 *
 * @param job the job
 * @param run the job's run number; frames of an older run are dropped
 * @param edge the edge within the job graph
 * @param from producing subtask's index
 * @param to consuming subtask's index
 */
public record ChannelId(JobId job, int run, int edge, int from, int to) {}
