package io.millrace.deploy.failover;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The cluster's image, built from the distribution and the files in deploy/docker. */
final class ClusterImage {
    private static final String DISTRIBUTION_PROPERTY = "millrace.distribution";
    private static final Path FILES = Path.of("../docker");

    private ClusterImage() {}

    /** Built when a container first needs it, removed when the JVM ends. */
    static ImageFromDockerfile build(String baseImage) {
        String directory = System.getProperty(DISTRIBUTION_PROPERTY);
        if (directory == null || !Files.isRegularFile(Path.of(directory, ".complete"))) {
            throw new IllegalStateException("There is no whole distribution at " + directory
                    + ": build it first, with 'mvn package -pl deploy/dist -am'");
        }
        return new ImageFromDockerfile("millrace-failover:test", true)
                .withFileFromPath("Dockerfile", FILES.resolve("Dockerfile"))
                .withFileFromPath("millrace.yaml", FILES.resolve("millrace.yaml"))
                .withFileFromPath("distribution", Path.of(directory))
                .withBuildArg("BASE_IMAGE", baseImage);
    }
}
