package io.millrace.common.graph;

/**
 * A file in the blob store.
 *
 * @param sha256 64 lower-case hexadecimal digits of its content's SHA-256
 * @param sizeBytes its length
 * @param fileName for people only; never used as a path
 */
public record BlobReference(String sha256, long sizeBytes, String fileName) {}
