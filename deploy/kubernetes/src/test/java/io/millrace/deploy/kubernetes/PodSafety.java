package io.millrace.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether pods have no right that they do not need: Kubernetes' level "restricted", and more. */
final class PodSafety {
    private final Workload workload;
    private final List<String> problems = new ArrayList<>();

    private PodSafety(Workload workload) {
        this.workload = workload;
    }

    /** @param user of the image */
    static List<String> problems(Workload workload, long user) {
        PodSafety safety = new PodSafety(workload);
        safety.checkPod(workload.spec(), user);
        workload.containers().forEach(safety::checkContainer);
        return safety.problems;
    }

    private void checkPod(PodSpec pod, long user) {
        require(Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()), "carries no token of the API");
        require(Boolean.FALSE.equals(pod.getEnableServiceLinks()), "gets no variables of other services");
        require(!Boolean.TRUE.equals(pod.getHostNetwork()), "has a network of its own");
        require(!Boolean.TRUE.equals(pod.getHostPID()), "sees no process of the node");
        require(!Boolean.TRUE.equals(pod.getHostIPC()), "shares no memory with the node");
        PodSecurityContext context = pod.getSecurityContext();
        require(context != null, "has a security context");
        if (context != null) {
            require(Boolean.TRUE.equals(context.getRunAsNonRoot()), "does not run as root");
            require(Long.valueOf(user).equals(context.getRunAsUser()), "runs as the image's user " + user);
            require(
                    context.getSeccompProfile() != null
                            && "RuntimeDefault"
                                    .equals(context.getSeccompProfile().getType()),
                    "has the runtime's seccomp profile");
        }
        pod.getVolumes().forEach(this::checkVolume);
    }

    private void checkVolume(Volume volume) {
        require(
                volume.getConfigMap() != null
                        || volume.getEmptyDir() != null
                        || volume.getPersistentVolumeClaim() != null,
                "mounts ConfigMaps, empty directories and claimed volumes only, not '" + volume.getName() + "'");
        if (volume.getEmptyDir() != null) {
            require(volume.getEmptyDir().getSizeLimit() != null, "bounds the size of '" + volume.getName() + "'");
        }
    }

    private void checkContainer(Container container) {
        SecurityContext context = container.getSecurityContext();
        require(context != null, "has a security context per container");
        if (context != null) {
            require(Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()), "cannot gain rights");
            require(Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()), "has a read-only root file system");
            require(!Boolean.TRUE.equals(context.getPrivileged()), "is not privileged");
            require(
                    context.getCapabilities() != null
                            && context.getCapabilities().getDrop().equals(List.of("ALL"))
                            && context.getCapabilities().getAdd().isEmpty(),
                    "drops all capabilities");
        }
        require(
                container.getVolumeMounts().stream()
                        .anyMatch(mount -> mount.getMountPath().equals("/tmp")),
                "has a writable /tmp");
        Map<String, Quantity> limits = container.getResources().getLimits();
        require(limits.containsKey("memory"), "has a memory limit, of which the heap is a share");
        require(
                container.getResources().getRequests().containsKey("cpu")
                        && limits.get("memory") != null
                        && limits.get("memory")
                                .equals(container.getResources().getRequests().get("memory")),
                "asks for its processors and for all its memory");
        if (workload.server()) {
            require(isProbe(container.getStartupProbe(), "/live"), "has a startup probe on /live");
            require(isProbe(container.getLivenessProbe(), "/live"), "has a liveness probe on /live");
            require(isProbe(container.getReadinessProbe(), "/ready"), "has a readiness probe on /ready");
        }
    }

    private static boolean isProbe(@Nullable Probe probe, String path) {
        return probe != null
                && probe.getHttpGet() != null
                && path.equals(probe.getHttpGet().getPath());
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            problems.add(workload.name() + " should be a pod that " + what);
        }
    }
}
