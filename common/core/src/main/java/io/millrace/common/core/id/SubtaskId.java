package io.millrace.common.core.id;

/**
 * One attempt to run one parallel instance of a vertex.
 *
 * @param job the job
 * @param run the job's run number, raised by each restart or rollback and never reused
 * @param vertex the vertex within the job graph
 * @param index the subtask, 0 up to the vertex's parallelism
 * @param attempt how often this subtask was deployed before, from 0
 */
public record SubtaskId(JobId job, int run, int vertex, int index, int attempt) {}
