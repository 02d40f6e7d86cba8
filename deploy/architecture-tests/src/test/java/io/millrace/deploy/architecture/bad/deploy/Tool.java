package io.millrace.deploy.architecture.bad.deploy;

/** Something of deploy that a product class must not see. */
public final class Tool {}
