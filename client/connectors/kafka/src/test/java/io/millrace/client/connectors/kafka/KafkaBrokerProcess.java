package io.millrace.client.connectors.kafka;

import java.io.IOException;
import kafka.Kafka;

/** Runs a broker until its parent process is gone, which it learns by the end of its input. */
final class KafkaBrokerProcess {

    private KafkaBrokerProcess() {}

    public static void main(String[] args) {
        Thread watch = new Thread(KafkaBrokerProcess::endWithParent, "parent watch");
        watch.setDaemon(true);
        watch.start();
        Kafka.main(args);
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever written.
            }
        } catch (IOException e) {
            System.err.println("input is gone: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
