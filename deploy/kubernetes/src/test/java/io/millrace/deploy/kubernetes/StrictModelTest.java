package io.millrace.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Planted errors: each kind of wrong manifest is found, at its place, and a good one has no problem. */
final class StrictModelTest {
    private static final String GOOD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: one
              annotations:
                scrape: "true"
            spec:
              containers:
                - name: first
                  image: an-image
                  ports:
                    - containerPort: 80
                  resources:
                    limits:
                      memory: 512Mi
                      cpu: "1"
            """;

    @Test
    void goodManifestHasNoProblem() {
        assertThat(problems(GOOD)).isEmpty();
    }

    @Test
    void unknownFieldIsFoundHoweverDeep() {
        assertThat(problems(GOOD.replace("containerPort: 80", "containerPort: 80\n          hostprot: 80")))
                .anyMatch(problem -> problem.contains("spec.containers[0].ports[0].hostprot: unknown field"));
        assertThat(problems(GOOD.replace("spec:", "sepc: 1\nspec:")))
                .anyMatch(problem -> problem.contains("sepc: unknown field"));
    }

    @Test
    void badQuantityIsFound() {
        assertThat(problems(GOOD.replace("512Mi", "512MiB"))).anyMatch(problem -> problem.contains("512MiB"));
        assertThat(problems(GOOD.replace("512Mi", "lots"))).anyMatch(problem -> problem.contains("lots"));
        assertThat(problems(GOOD.replace("512Mi", "-1Mi"))).anyMatch(problem -> problem.contains("below zero"));
    }

    @Test
    void valueOfAnotherTypeIsFound() {
        assertThat(problems(GOOD.replace("\"true\"", "true")))
                .anyMatch(problem -> problem.contains("scrape: given is Boolean 'true', understood is String"));
        assertThat(problems(GOOD.replace("containerPort: 80", "containerPort: \"80\"")))
                .anyMatch(problem -> problem.contains("given is String '80', understood is Integer"));
        assertThat(problems(GOOD.replace("containerPort: 80", "containerPort: eighty")))
                .isNotEmpty();
    }

    @Test
    void unknownKindIsFound() {
        assertThat(problems(GOOD.replace("kind: Pod", "kind: Pot"))).anyMatch(problem -> problem.contains("no kind"));
        assertThat(problems(GOOD.replace("apiVersion: v1", "apiVersion: apps/v1")))
                .anyMatch(problem -> problem.contains("no kind"));
    }

    private static List<String> problems(String text) {
        return StrictModel.read(Yaml.documents(text, "a test").get(0), "a test").problems();
    }
}
