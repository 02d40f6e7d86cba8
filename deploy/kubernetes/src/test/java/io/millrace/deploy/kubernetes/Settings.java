package io.millrace.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.ConfigFile;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.ProcessArguments;
import io.millrace.common.core.config.TaskManagerOptions;
import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the settings that the processes read agree with ports, names and volumes of the manifests. */
final class Settings {
    private static final String COMPONENT = "app.kubernetes.io/component";

    private final List<HasMetadata> resources;
    private final List<String> problems = new ArrayList<>();

    private Settings(List<HasMetadata> resources) {
        this.resources = resources;
    }

    /** @param image of all containers, with its tag */
    static List<String> problems(List<HasMetadata> resources, String image) {
        Settings settings = new Settings(resources);
        settings.check(image);
        return settings.problems;
    }

    /** Reads a file of settings as a process would. */
    static Configuration read(String text) {
        try {
            Path file = Files.createTempFile("millrace", ".yaml");
            try {
                return ConfigFile.load(Files.writeString(file, text));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a temporary file", e);
        }
    }

    private void check(String image) {
        Optional<String> file = resources.stream()
                .filter(ConfigMap.class::isInstance)
                .map(resource -> ((ConfigMap) resource).getData().get("millrace.yaml"))
                .findFirst();
        if (file.isEmpty()) {
            problems.add("No ConfigMap has millrace.yaml");
            return;
        }
        Configuration configuration;
        try {
            configuration = read(file.get());
        } catch (MillraceException e) {
            problems.add("millrace.yaml: " + e.getMessage());
            return;
        }
        checkNames(configuration);
        for (Workload workload : Workload.of(resources)) {
            workload.containers().forEach(container -> checkContainer(workload, container, image));
            if (workload.server()) {
                checkPorts(workload, configuration);
            }
        }
    }

    private void checkNames(Configuration configuration) {
        String host = configuration.get(ClusterOptions.JOBMANAGER_HOST);
        boolean served = resources.stream()
                .anyMatch(resource -> resource.getKind().equals("Service")
                        && resource.getMetadata().getName().equals(host)
                        && "jobmanager"
                                .equals(resource.getMetadata().getLabels().get(COMPONENT)));
        if (!served) {
            problems.add("jobmanager.host is '" + host + "', which is no service of the JobManager");
        }
        boolean everywhere = configuration.get(ClusterOptions.JOBMANAGER_BIND).equals("0.0.0.0")
                && configuration.get(TaskManagerOptions.BIND).equals("0.0.0.0");
        if (!everywhere || !configuration.get(ClusterOptions.INSECURE)) {
            problems.add("Processes do not listen beyond their own pod");
        }
    }

    private void checkPorts(Workload workload, Configuration configuration) {
        String component = String.valueOf(workload.labels().get(COMPONENT));
        Map<String, Integer> expected =
                switch (component) {
                    case "jobmanager" ->
                        Map.of(
                                "grpc", configuration.get(ClusterOptions.JOBMANAGER_PORT),
                                "http", configuration.get(ClusterOptions.JOBMANAGER_HTTP_PORT));
                    case "taskmanager" ->
                        Map.of(
                                "data", configuration.get(TaskManagerOptions.DATA_PORT),
                                "http", configuration.get(TaskManagerOptions.HTTP_PORT));
                    default -> Map.of();
                };
        expected.forEach((name, port) -> {
            if (!workload.port(name).equals(Optional.of(port))) {
                problems.add(workload.name() + " has port '" + name + "' as " + workload.port(name)
                        + ", millrace.yaml as " + port);
            }
        });
        if (workload.ports().count() != expected.size()) {
            problems.add(workload.name() + " has ports that no setting opens");
        }
        Map<String, String> notes = workload.pods().getMetadata().getAnnotations();
        if (!String.valueOf(expected.get("http")).equals(notes.get("prometheus.io/port"))
                || !"/metrics".equals(notes.get("prometheus.io/path"))) {
            problems.add(workload.name() + " tells Prometheus another place than it serves metrics at: " + notes);
        }
        if (component.equals("jobmanager")) {
            checkData(workload, configuration.get(ClusterOptions.DATA_DIR));
        }
        checkCheckpoints(
                workload, configuration.get(ClusterOptions.CHECKPOINT_DIR).toString());
    }

    private void checkCheckpoints(Workload workload, String directory) {
        boolean shared = workload.containers().stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .anyMatch(mount -> mount.getMountPath().equals(directory)
                        && workload.claimOf(mount.getName())
                                .filter(this::isShared)
                                .isPresent());
        if (!shared) {
            problems.add(
                    workload.name() + " has no volume that all pods share at jobmanager.checkpoint-dir, " + directory);
        }
    }

    private boolean isShared(String claim) {
        return resources.stream()
                .filter(PersistentVolumeClaim.class::isInstance)
                .map(PersistentVolumeClaim.class::cast)
                .anyMatch(found -> found.getMetadata().getName().equals(claim)
                        && found.getSpec().getAccessModes().contains("ReadWriteMany"));
    }

    private void checkData(Workload workload, String directory) {
        boolean kept = workload.containers().stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .anyMatch(mount -> mount.getMountPath().equals(directory)
                        && workload.claimed().contains(mount.getName()));
        if (!kept) {
            problems.add(workload.name() + " has no lasting volume at data.dir, " + directory);
        }
    }

    private void checkContainer(Workload workload, Container container, String image) {
        if (!image.equals(container.getImage())) {
            problems.add(workload.name() + " runs the image " + container.getImage() + ", the build makes " + image);
        }
        boolean configured = container.getVolumeMounts().stream()
                .anyMatch(mount -> mount.getMountPath().equals("/opt/millrace/conf"));
        if (!configured) {
            problems.add(workload.name() + " does not read the cluster's settings");
        }
        if (workload.server()) {
            checkArguments(workload, container.getArgs());
        }
    }

    private void checkArguments(Workload workload, List<String> arguments) {
        String verb = String.valueOf(workload.labels().get(COMPONENT));
        if (arguments.isEmpty() || !arguments.get(0).equals(verb)) {
            problems.add(workload.name() + " does not start with the verb '" + verb + "': " + arguments);
            return;
        }
        try {
            ProcessArguments.parse(arguments.subList(1, arguments.size()).toArray(String[]::new), null);
        } catch (MillraceException e) {
            problems.add(workload.name() + ": " + e.getMessage());
        }
    }
}
