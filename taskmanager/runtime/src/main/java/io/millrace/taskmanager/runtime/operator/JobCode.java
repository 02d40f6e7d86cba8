package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.types.SerializerFactory;

/**
 * The user's code of one job on one process. Whoever holds it keeps the job's classes loaded. Any thread.
 *
 * @param userClassLoader loads the job's classes
 * @param serializers makes serializers and key hashers for the job's types
 */
public record JobCode(ClassLoader userClassLoader, SerializerFactory serializers) {}
