package io.millrace.api.functions;

/** Which job a function instance runs in. */
public interface JobInfo {
    String getJobId();

    String getJobName();
}
