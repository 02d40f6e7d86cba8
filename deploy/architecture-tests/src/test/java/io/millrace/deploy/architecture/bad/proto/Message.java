package io.millrace.deploy.architecture.bad.proto;

/** Stands for a generated message. */
public final class Message {}
