package io.millrace.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What makes pods.
 *
 * @param name for messages: kind and name
 * @param pods the template of its pods
 * @param selector which pods it takes for its own; empty if Kubernetes fills it in
 * @param claimed names of the volumes that each pod gets of its own
 * @param server whether it serves for good, so that it has ports and probes
 */
record Workload(String name, PodTemplateSpec pods, Map<String, String> selector, List<String> claimed, boolean server) {

    /** Those among the resources. A kind that makes pods and is unknown here fails. */
    static List<Workload> of(List<HasMetadata> resources) {
        return resources.stream().flatMap(Workload::of).toList();
    }

    private static Stream<Workload> of(HasMetadata resource) {
        String name = resource.getKind() + " " + resource.getMetadata().getName();
        return switch (resource.getKind()) {
            case "StatefulSet" -> {
                StatefulSet set = (StatefulSet) resource;
                yield Stream.of(new Workload(
                        name,
                        set.getSpec().getTemplate(),
                        set.getSpec().getSelector().getMatchLabels(),
                        set.getSpec().getVolumeClaimTemplates().stream()
                                .map(PersistentVolumeClaim::getMetadata)
                                .map(metadata -> metadata.getName())
                                .toList(),
                        true));
            }
            case "Job" ->
                Stream.of(new Workload(name, ((Job) resource).getSpec().getTemplate(), Map.of(), List.of(), false));
            case "Deployment", "DaemonSet", "Pod", "CronJob", "ReplicaSet" ->
                throw new IllegalArgumentException(name + " makes pods of a kind that these checks do not look into");
            default -> Stream.empty();
        };
    }

    PodSpec spec() {
        return pods.getSpec();
    }

    List<Container> containers() {
        return Stream.concat(spec().getInitContainers().stream(), spec().getContainers().stream())
                .toList();
    }

    Map<String, String> labels() {
        return pods.getMetadata().getLabels();
    }

    boolean matches(Map<String, String> wanted) {
        return !wanted.isEmpty() && labels().entrySet().containsAll(wanted.entrySet());
    }

    Stream<ContainerPort> ports() {
        return containers().stream().flatMap(container -> container.getPorts().stream());
    }

    Optional<Integer> port(String portName) {
        return ports().filter(port -> portName.equals(port.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    /** The claim behind a volume that its pods share with others. */
    Optional<String> claimOf(String volume) {
        return spec().getVolumes().stream()
                .filter(found -> found.getName().equals(volume) && found.getPersistentVolumeClaim() != null)
                .map(found -> found.getPersistentVolumeClaim().getClaimName())
                .findFirst();
    }

    Stream<String> volumeNames() {
        return Stream.concat(spec().getVolumes().stream().map(Volume::getName), claimed.stream());
    }
}
