package io.millrace.deploy.architecture.bad.common;

/** A manager that the field does not know. */
final class StateManager {}
