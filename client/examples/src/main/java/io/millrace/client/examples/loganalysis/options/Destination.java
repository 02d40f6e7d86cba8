package io.millrace.client.examples.loganalysis.options;

/** Where a part of the output goes. Parts with equal destinations go there together. */
public sealed interface Destination {

    /** The job's print output, each line labelled. */
    record Print() implements Destination {}

    /** Files of JSON lines in a directory. */
    record Directory(String path) implements Destination {}

    /** Records of JSON in a topic, each written once. */
    record Topic(KafkaTopic topic) implements Destination {}
}
