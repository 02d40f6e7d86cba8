package io.millrace.common.checkpoint.storage;

/**
 * What a listing tells of an object.
 *
 * @param length in bytes
 * @param modifiedEpochMs by the storage's clock, to the second at worst
 */
public record StoredObject(ObjectName name, long length, long modifiedEpochMs) {}
