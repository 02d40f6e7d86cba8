package io.millrace.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.TaskManagerOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests of this directory, each held against the Kubernetes model, the others, the image and the settings. */
final class ManifestsTest {
    private static final String IMAGE = "millrace:" + System.getProperty("millrace.version");
    private static final String BASE = "base";
    private static final String EXAMPLE = "overlays/example";
    private static final Path IMAGE_FILES = Path.of("../docker");

    @ParameterizedTest
    @ValueSource(strings = {BASE, EXAMPLE})
    void everyManifestFollowsTheModelStrictly(String directory) {
        Kustomization kustomization = Kustomization.load(Path.of(directory));

        assertThat(kustomization.problems()).isEmpty();
    }

    @Test
    void baseHasAllPartsOfASessionCluster() {
        assertThat(resources(BASE).stream().map(HasMetadata::getKind))
                .contains(
                        "Service",
                        "StatefulSet",
                        "PersistentVolumeClaim",
                        "ConfigMap",
                        "NetworkPolicy",
                        "ServiceAccount")
                .doesNotContain("Namespace", "Secret", "ClusterRole", "Role");
        assertThat(resources(BASE)).allMatch(resource -> resource.getMetadata().getNamespace() == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, EXAMPLE})
    void namesLeadSomewhere(String directory) {
        assertThat(Wiring.problems(resources(directory))).isEmpty();
    }

    @Test
    void resourcesAreLabelled() {
        List<HasMetadata> written = resources(EXAMPLE).stream()
                .filter(resource -> !resource.getKind().equals("ConfigMap"))
                .toList();

        assertThat(Wiring.unlabelled(written)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, EXAMPLE})
    void settingsAgreeWithPortsVolumesAndImage(String directory) {
        assertThat(Settings.problems(resources(directory), IMAGE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, EXAMPLE})
    void portsAreReachedByThoseWhoNeedThem(String directory) {
        assertThat(Admission.problems(resources(directory))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, EXAMPLE})
    void podsHaveNoRightTheyDoNotNeed(String directory) {
        long user = imageUser();
        assertThat(Workload.of(resources(directory))).isNotEmpty().allSatisfy(workload -> assertThat(
                        PodSafety.problems(workload, user))
                .isEmpty());
    }

    @Test
    void imageExposesThePortsOfItsSettings() {
        Configuration settings = Settings.read(Yaml.read(IMAGE_FILES.resolve("millrace.yaml")));

        assertThat(instruction("EXPOSE").split(" "))
                .containsExactly(
                        settings.get(ClusterOptions.JOBMANAGER_PORT).toString(),
                        settings.get(ClusterOptions.JOBMANAGER_HTTP_PORT).toString(),
                        settings.get(TaskManagerOptions.DATA_PORT).toString(),
                        settings.get(TaskManagerOptions.HTTP_PORT).toString());
        assertThat(settings.get(ClusterOptions.INSECURE))
                .as("insecurity is asked for by whoever starts a container")
                .isFalse();
    }

    private static List<HasMetadata> resources(String directory) {
        return Kustomization.load(Path.of(directory)).resources();
    }

    private static long imageUser() {
        String user = instruction("USER");
        return Long.parseLong(user.substring(0, user.indexOf(':')));
    }

    private static String instruction(String name) {
        List<String> lines = Arrays.stream(
                        Yaml.read(IMAGE_FILES.resolve("Dockerfile")).split("\n"))
                .filter(line -> line.startsWith(name + " "))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0).substring(name.length() + 1);
    }
}
