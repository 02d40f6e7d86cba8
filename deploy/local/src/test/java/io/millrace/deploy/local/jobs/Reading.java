package io.millrace.deploy.local.jobs;

/**
 * What flows through a job: a class of the job's own, so that whatever keeps a record keeps the job's class loader.
 *
 * @param atMillis event time
 */
public record Reading(String key, long number, long atMillis) {

    static Reading of(long number) {
        return new Reading("key-" + number % 97, number, number);
    }
}
