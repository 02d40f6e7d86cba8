/** The log-analysis job: failed-login alerts, inactivity anomalies and metrics per user, from logs of several kinds. */
@NullMarked
package io.millrace.client.examples.loganalysis;

import org.jspecify.annotations.NullMarked;
