package io.millrace.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One error at a time is planted into a copy of the base: each check can fail, and says what is wrong. */
final class PlantedErrorsTest {
    private static final String IMAGE = "millrace:" + System.getProperty("millrace.version");

    @TempDir
    private Path base;

    @BeforeEach
    void copyBase() throws IOException {
        try (var files = Files.list(Path.of("base"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, base.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void unknownFieldOfAManifest() {
        plant("jobmanager.yaml", "periodSeconds: 1\n", "periodSecond: 1\n");

        assertThat(Kustomization.load(base).problems())
                .singleElement()
                .asString()
                .contains("jobmanager.yaml StatefulSet", "startupProbe.periodSecond: unknown field");
    }

    @Test
    void manifestThatIsNotListedOrDoesNotExist() {
        plant("kustomization.yaml", "  - taskmanager.yaml", "  - taskmanagers.yaml");

        assertThat(Kustomization.load(base).problems())
                .anyMatch(problem -> problem.contains("lists taskmanagers.yaml, which does not exist"))
                .anyMatch(problem -> problem.contains("does not list taskmanager.yaml"));
    }

    @Test
    void selectorThatMeetsNoPod() {
        plant(
                "jobmanager.yaml",
                "selector:\n    app.kubernetes.io/name: millrace\n    app.kubernetes.io/component: jobmanager",
                "selector:\n    app.kubernetes.io/name: millrace\n    app.kubernetes.io/component: jobmaster");

        assertThat(Wiring.problems(resources()))
                .singleElement()
                .asString()
                .contains("Service millrace-jobmanager selects the pods of 0");
    }

    @Test
    void referencesThatLeadNowhere() {
        plant("jobmanager.yaml", "targetPort: grpc", "targetPort: rpc");
        plant("jobmanager.yaml", "- name: data\n              mountPath", "- name: date\n              mountPath");
        plant("taskmanager.yaml", "name: millrace-config", "name: millrace-conf");
        plant("taskmanager.yaml", "$(POD_IP)", "$(POD_ADDRESS)");
        plant("taskmanager.yaml", "serviceAccountName: millrace-t", "serviceAccountName: t");
        plant("taskmanager.yaml", "serviceName: millrace-t", "serviceName: t");
        plant("taskmanager.yaml", "claimName: millrace-c", "claimName: c");

        assertThat(Wiring.problems(resources()))
                .anyMatch(problem -> problem.contains("offers port 7171 as 'rpc'"))
                .anyMatch(problem -> problem.contains("mounts 'date'"))
                .anyMatch(problem -> problem.contains("ConfigMap 'millrace-conf'"))
                .anyMatch(problem -> problem.contains("no variable 'POD_ADDRESS'"))
                .anyMatch(problem -> problem.contains("service account 'taskmanager'"))
                .anyMatch(problem -> problem.contains("service 'taskmanager'"))
                .anyMatch(problem -> problem.contains("the claim 'checkpoints'"));
    }

    @Test
    void settingThatDoesNotExist() {
        plant("millrace.yaml", "taskmanager.slots", "taskmanager.slot");

        assertThat(Settings.problems(resources(), IMAGE))
                .singleElement()
                .asString()
                .contains("taskmanager.slot");
    }

    @Test
    void settingsThatDisagreeWithTheManifests() {
        plant("millrace.yaml", "7173", "7183");
        plant("millrace.yaml", "millrace-jobmanager", "millrace-master");
        plant("millrace.yaml", "/opt/millrace/data", "/var/millrace");
        plant("taskmanager.yaml", "image: millrace:", "image: millrace:1");
        plant("taskmanager.yaml", "taskmanager.id=", "taskmanager.name=");
        plant("taskmanager.yaml", "prometheus.io/port: \"7174\"", "prometheus.io/port: \"7172\"");

        assertThat(Settings.problems(resources(), IMAGE))
                .anyMatch(problem -> problem.contains("port 'data' as Optional[7173], millrace.yaml as 7183"))
                .anyMatch(problem -> problem.contains("'millrace-master', which is no service"))
                .anyMatch(problem -> problem.contains("no lasting volume at data.dir, /var/millrace"))
                .anyMatch(problem -> problem.contains("runs the image millrace:1"))
                .anyMatch(problem -> problem.contains("taskmanager.name"))
                .anyMatch(problem -> problem.contains("tells Prometheus another place"));
    }

    @Test
    void checkpointsThatNotAllPodsSee() {
        plant("checkpoints.yaml", "ReadWriteMany", "ReadWriteOnce");

        assertThat(Settings.problems(resources(), IMAGE))
                .hasSize(2)
                .allMatch(problem -> problem.contains("no volume that all pods share at jobmanager.checkpoint-dir"));
    }

    @Test
    void portThatIsOpenToOthers() {
        plant("network-policies.yaml", """
                    - from:
                        - podSelector:
                            matchLabels:
                              app.kubernetes.io/name: millrace
                              app.kubernetes.io/component: taskmanager
                      ports:
                """, "    - from:\n        - podSelector: {}\n      ports:\n");

        assertThat(Admission.problems(resources()))
                .singleElement()
                .asString()
                .contains("taskmanager/data is open to a peer it should not be open to");
    }

    @Test
    void workloadWithoutNetworkPolicy() {
        plant("kustomization.yaml", "  - network-policies.yaml\n", "");

        assertThat(Admission.problems(resources()))
                .hasSize(2)
                .allMatch(problem -> problem.contains("no network policy selects it"));
    }

    @Test
    void podWithRightsItDoesNotNeed() {
        plant("taskmanager.yaml", "runAsNonRoot: true", "runAsNonRoot: false");
        plant("taskmanager.yaml", "readOnlyRootFilesystem: true", "privileged: true");
        plant("taskmanager.yaml", "drop: [\"ALL\"]", "add: [\"NET_ADMIN\"]");
        plant("taskmanager.yaml", "path: /ready", "path: /readiness");

        assertThat(Workload.of(resources()).stream().flatMap(workload -> PodSafety.problems(workload, 10_001).stream()))
                .anyMatch(problem -> problem.contains("does not run as root"))
                .anyMatch(problem -> problem.contains("is not privileged"))
                .anyMatch(problem -> problem.contains("read-only root"))
                .anyMatch(problem -> problem.contains("drops all capabilities"))
                .anyMatch(problem -> problem.contains("readiness probe on /ready"))
                .hasSize(5);
    }

    private List<HasMetadata> resources() {
        return Kustomization.load(base).resources();
    }

    private void plant(String file, String correct, String wrong) {
        try {
            Path path = base.resolve(file);
            String text = Files.readString(path);
            assertThat(text).contains(correct);
            Files.writeString(path, text.replace(correct, wrong));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
