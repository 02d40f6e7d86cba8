package io.millrace.deploy.architecture.bad.common;

/** A name that says nothing. */
final class StringHelper {}
