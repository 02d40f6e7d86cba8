package io.millrace.deploy.failover;

import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The cluster's image, built from the distribution and the files in deploy/docker. */
final class ClusterImage {
    private static final String DISTRIBUTION_PROPERTY = "millrace.distribution";
    private static final String NAME = "millrace-failover:test";
    private static final Path FILES = Path.of("../docker");

    private ClusterImage() {}

    /** Built when a container first needs it. */
    static ImageFromDockerfile build(String baseImage) {
        String directory = System.getProperty(DISTRIBUTION_PROPERTY);
        if (directory == null || !Files.isRegularFile(Path.of(directory, ".complete"))) {
            throw new IllegalStateException("There is no whole distribution at " + directory
                    + ": build it first, with 'mvn package -pl deploy/dist -am'");
        }
        return new ImageFromDockerfile(NAME, false)
                .withFileFromPath("Dockerfile", FILES.resolve("Dockerfile"))
                .withFileFromPath("millrace.yaml", FILES.resolve("millrace.yaml"))
                .withFileFromPath("distribution", Path.of(directory))
                .withBuildArg("BASE_IMAGE", baseImage);
    }

    /** Leaves nothing of the image behind; for after the last container. */
    static void remove() {
        try {
            DockerClientFactory.instance().client().removeImageCmd(NAME).exec();
        } catch (NotFoundException e) {
            // It was never built.
        }
    }
}
