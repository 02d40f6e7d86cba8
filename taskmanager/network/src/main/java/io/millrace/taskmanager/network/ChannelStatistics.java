package io.millrace.taskmanager.network;

/**
 * What went through one end of a channel, read by its owner's thread.
 *
 * @param frames sent or polled
 * @param bytes of their payloads
 * @param credit sending end: frames that could be sent if buffers are free; receiving end: frames that could still
 *     arrive
 */
public record ChannelStatistics(long frames, long bytes, long credit) {}
