package io.millrace.api.functions;

import java.io.Serializable;

/** Root of all user functions. They are serialized with Java serialization when a job is submitted. */
public interface Function extends Serializable {}
