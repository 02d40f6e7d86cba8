package io.millrace.api.source;

import java.io.Serializable;

/** A message between an enumerator and a reader of the same source. */
public interface SourceEvent extends Serializable {}
