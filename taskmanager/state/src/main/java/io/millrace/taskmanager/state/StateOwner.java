package io.millrace.taskmanager.state;

/**
 * Whose state it is. No two that are alive at the same time in one process are equal.
 *
 * @param job the job's id
 * @param run of the job
 * @param operator its id in the job graph
 * @param subtask its index
 * @param attempt of the subtask
 */
public record StateOwner(String job, int run, int operator, int subtask, int attempt) {

    @Override
    public String toString() {
        return "job=" + job + " run=" + run + " operator=" + operator + " subtask=" + subtask;
    }
}
