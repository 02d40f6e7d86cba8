package io.millrace.jobmanager.control.contract;

/** Where the answer to one request goes. Called once, by whoever executes the commands. */
@FunctionalInterface
public interface ReplyTo<T> {
    void send(T answer);
}
