package io.millrace.client.connectors.files;

/**
 * A part file that is whole and on the disk under its hidden name, and is to appear under its visible one.
 *
 * @param bytes its length, by which it is recognised once it is visible
 */
record FileCommittable(String hidden, String visible, long bytes) {}
