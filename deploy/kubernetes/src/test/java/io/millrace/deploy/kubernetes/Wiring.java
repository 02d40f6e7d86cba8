package io.millrace.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Whether the names by which resources refer to each other lead anywhere. */
final class Wiring {
    private final List<HasMetadata> resources;
    private final List<Workload> workloads;
    private final List<String> problems = new ArrayList<>();

    private Wiring(List<HasMetadata> resources) {
        this.resources = resources;
        this.workloads = Workload.of(resources);
    }

    static List<String> problems(List<HasMetadata> resources) {
        Wiring wiring = new Wiring(resources);
        wiring.resources.forEach(wiring::checkResource);
        wiring.workloads.forEach(wiring::checkWorkload);
        return wiring.problems;
    }

    private void checkResource(HasMetadata resource) {
        if (resource instanceof Service service) {
            checkService(service);
        } else if (resource instanceof StatefulSet set
                && !exists("Service", set.getSpec().getServiceName())) {
            problems.add("StatefulSet " + set.getMetadata().getName() + " names the service '"
                    + set.getSpec().getServiceName() + "', which does not exist");
        }
    }

    private void checkService(Service service) {
        String name = "Service " + service.getMetadata().getName();
        List<Workload> behind = workloads.stream()
                .filter(workload -> workload.matches(service.getSpec().getSelector()))
                .toList();
        if (behind.size() != 1) {
            problems.add(name + " selects the pods of " + behind.size() + " workloads, not 1");
            return;
        }
        Workload workload = behind.get(0);
        for (ServicePort port : service.getSpec().getPorts()) {
            String target = target(port.getTargetPort());
            if (!workload.port(target).equals(java.util.Optional.of(port.getPort()))) {
                problems.add(name + " offers port " + port.getPort() + " as '" + target + "', " + workload.name()
                        + " has it as " + workload.port(target));
            }
        }
    }

    private static String target(IntOrString port) {
        return String.valueOf(port.getValue());
    }

    private void checkWorkload(Workload workload) {
        if (workload.server() && !workload.matches(workload.selector())) {
            problems.add(workload.name() + " does not select its own pods: " + workload.selector() + ", labels "
                    + workload.labels());
        }
        String account = workload.spec().getServiceAccountName();
        if (account != null && !exists("ServiceAccount", account)) {
            problems.add(workload.name() + " names the service account '" + account + "', which does not exist");
        }
        workload.spec().getTopologySpreadConstraints().stream()
                .map(constraint -> constraint.getLabelSelector().getMatchLabels())
                .filter(labels -> !workload.matches(labels))
                .forEach(
                        labels -> problems.add(workload.name() + " spreads over pods that are not its own: " + labels));
        workload.spec().getVolumes().forEach(volume -> checkVolume(workload, volume));
        workload.containers().forEach(container -> checkContainer(workload, container));
    }

    private void checkVolume(Workload workload, Volume volume) {
        if (volume.getConfigMap() != null
                && !exists("ConfigMap", volume.getConfigMap().getName())) {
            problems.add(workload.name() + " mounts the ConfigMap '"
                    + volume.getConfigMap().getName() + "', which does not exist");
        }
        if (volume.getPersistentVolumeClaim() != null
                && !exists(
                        "PersistentVolumeClaim",
                        volume.getPersistentVolumeClaim().getClaimName())) {
            problems.add(workload.name() + " mounts the claim '"
                    + volume.getPersistentVolumeClaim().getClaimName() + "', which does not exist");
        }
        boolean used = workload.containers().stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .anyMatch(mount -> mount.getName().equals(volume.getName()));
        if (!used) {
            problems.add(workload.name() + " has the volume '" + volume.getName() + "', which nothing mounts");
        }
    }

    private void checkContainer(Workload workload, Container container) {
        container.getVolumeMounts().stream()
                .filter(mount -> workload.volumeNames().noneMatch(mount.getName()::equals))
                .forEach(mount -> problems.add(
                        workload.name() + " mounts '" + mount.getName() + "', which is no volume of its pods"));
        Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .filter(Objects::nonNull)
                .filter(probe -> workload.port(probedPort(probe)).isEmpty())
                .forEach(probe -> problems.add(workload.name() + " is probed at the port '" + probedPort(probe)
                        + "', which it does not have"));
        for (String argument : container.getArgs()) {
            checkVariables(workload, container, argument);
        }
    }

    private static String probedPort(Probe probe) {
        return probe.getHttpGet() == null ? "none" : target(probe.getHttpGet().getPort());
    }

    /** Kubernetes leaves a reference to a variable that does not exist as it stands. */
    private void checkVariables(Workload workload, Container container, String argument) {
        int start = argument.indexOf("$(");
        if (start < 0) {
            return;
        }
        String variable = argument.substring(start + 2, argument.indexOf(')', start));
        if (container.getEnv().stream().noneMatch(env -> env.getName().equals(variable))) {
            problems.add(workload.name() + " has the argument '" + argument + "' and no variable '" + variable + "'");
        }
    }

    private boolean exists(String kind, String name) {
        return resources.stream()
                .anyMatch(resource -> resource.getKind().equals(kind)
                        && resource.getMetadata().getName().equals(name));
    }

    /** All resources carry the labels by which people find what belongs together. */
    static List<String> unlabelled(List<HasMetadata> resources) {
        List<String> problems = new ArrayList<>();
        for (HasMetadata resource : resources) {
            Map<String, String> labels = resource.getMetadata().getLabels();
            if (!"millrace".equals(labels.get("app.kubernetes.io/part-of"))) {
                problems.add(resource.getKind() + " " + resource.getMetadata().getName()
                        + " is not labelled as a part of millrace: " + labels);
            }
        }
        return problems;
    }
}
