package io.millrace.api.functions;

/** What {@link RichFunction#open} is handed. Empty so far. */
public interface OpenContext {}
