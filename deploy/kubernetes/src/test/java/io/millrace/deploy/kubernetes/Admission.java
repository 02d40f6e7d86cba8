package io.millrace.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who reaches which port, as the network policies have it: every peer is listed here or it is a problem. */
final class Admission {
    private static final String NAME = "app.kubernetes.io/name";
    private static final String COMPONENT = "app.kubernetes.io/component";

    /** Who may connect to each port; a port that is not here may have no peer. */
    private static final Map<String, Set<Map<String, String>>> ALLOWED = Map.of(
            "jobmanager/grpc", Set.of(component("taskmanager"), component("client")),
            "jobmanager/http", Set.of(Map.of(NAME, "prometheus")),
            "taskmanager/data", Set.of(component("taskmanager")),
            "taskmanager/http", Set.of(Map.of(NAME, "prometheus")));

    private Admission() {}

    static List<String> problems(List<HasMetadata> resources) {
        List<String> problems = new ArrayList<>();
        List<NetworkPolicy> policies = resources.stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .toList();
        for (Workload workload : Workload.of(resources)) {
            if (!workload.server()) {
                continue;
            }
            List<NetworkPolicy> about = policies.stream()
                    .filter(policy -> policy.getSpec().getPolicyTypes().contains("Ingress"))
                    .filter(policy ->
                            workload.matches(policy.getSpec().getPodSelector().getMatchLabels()))
                    .toList();
            if (about.isEmpty()) {
                problems.add(workload.name() + " is reached by everybody: no network policy selects it");
            }
            about.stream()
                    .flatMap(policy -> policy.getSpec().getIngress().stream())
                    .forEach(rule -> check(workload, rule, problems));
        }
        return problems;
    }

    private static void check(Workload workload, NetworkPolicyIngressRule rule, List<String> problems) {
        if (rule.getFrom().isEmpty() || rule.getPorts().isEmpty()) {
            problems.add(workload.name() + " has a rule that is open to every peer or on every port");
        }
        for (NetworkPolicyPort port : rule.getPorts()) {
            String name = String.valueOf(port.getPort().getValue());
            if (workload.port(name).isEmpty()) {
                problems.add(workload.name() + " has a rule for the port '" + name + "', which it does not have");
            }
            String key = workload.labels().get(COMPONENT) + "/" + name;
            for (NetworkPolicyPeer peer : rule.getFrom()) {
                if (peer.getIpBlock() != null
                        || peer.getPodSelector() == null
                        || !ALLOWED.getOrDefault(key, Set.of())
                                .contains(peer.getPodSelector().getMatchLabels())) {
                    problems.add(key + " is open to a peer it should not be open to: " + peer);
                } else if (peer.getNamespaceSelector() != null && !name.equals("http")) {
                    problems.add(key + " is open to pods of other namespaces");
                }
            }
        }
    }

    private static Map<String, String> component(String component) {
        return Map.of(NAME, "millrace", COMPONENT, component);
    }
}
