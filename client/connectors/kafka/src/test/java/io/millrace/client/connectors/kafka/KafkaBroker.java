package io.millrace.client.connectors.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * A real broker in a process of its own, on loopback and with a directory of its own. It can be killed and started
 * again on the same port with its data; it ends when the test's process does.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qk";
    private static final Duration START = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private final Path settings;
    private @Nullable Process process;
    private @Nullable Admin admin;

    private KafkaBroker(Path directory, int port, Path settings) {
        this.directory = directory;
        this.port = port;
        this.settings = settings;
    }

    /** Makes a broker with transaction time-outs looked at every 200 ms, and starts it. */
    public static KafkaBroker start() {
        try {
            Path directory = Files.createTempDirectory("kafka-broker");
            int port = freePort();
            Path settings = directory.resolve("server.properties");
            Files.write(settings, lines(settings(directory, port, freePort())));
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
            StorageTool.execute(new String[] {"format", "-t", CLUSTER_ID, "-c", settings.toString()}, nowhere);
            KafkaBroker broker = new KafkaBroker(directory, port, settings);
            broker.startAgain();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, String> settings(Path directory, int port, int controllerPort) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@localhost:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", directory.resolve("data").toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("auto.create.topics.enable", "false");
        settings.put("log.retention.check.interval.ms", "500");
        // A killed broker is let in again when its former registration has expired.
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "500");
        return settings;
    }

    private static List<String> lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
                .toList();
    }

    /** Starts the process and waits until it answers. */
    public void startAgain() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx384m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KafkaBrokerProcess.class.getName(),
                            settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("broker.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
    }

    private void awaitAnswer() {
        try {
            admin().describeCluster().nodes().get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the broker does not answer: " + log(), e);
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("broker.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** As {@code kill -9}. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
            process = null;
        }
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    public Map<String, String> properties() {
        return new HashMap<>(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** A client of this broker for tests; closed with it. */
    public Admin admin() {
        Admin open = admin;
        if (open == null) {
            Map<String, String> properties = properties();
            properties.put("default.api.timeout.ms", String.valueOf(START.toMillis()));
            open = KafkaClients.admin(properties);
            admin = open;
        }
        return open;
    }

    /** Makes a topic and waits until it is there. */
    public void createTopic(String topic, int partitions, Map<String, String> configuration) throws Exception {
        admin().createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configuration)))
                .all()
                .get();
        awaitPartitions(topic, partitions);
    }

    /** Waits until the broker knows what the controller has decided. */
    public void awaitPartitions(String topic, int partitions) throws Exception {
        while (!admin().listTopics().names().get().contains(topic)
                || admin().describeTopics(List.of(topic))
                                .allTopicNames()
                                .get()
                                .get(topic)
                                .partitions()
                                .size()
                        != partitions) {
            Thread.onSpinWait();
        }
    }

    /** Transactional ids that start with {@code prefix} and have a transaction open. */
    public List<String> openTransactions(String prefix) throws Exception {
        return admin().listTransactions().all().get().stream()
                .filter(listing -> listing.transactionalId().startsWith(prefix))
                .filter(listing -> listing.state().toString().equals("Ongoing"))
                .map(listing -> listing.transactionalId())
                .sorted()
                .collect(Collectors.toList());
    }

    @Override
    public void close() throws IOException {
        if (admin != null) {
            admin.close();
            admin = null;
        }
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
