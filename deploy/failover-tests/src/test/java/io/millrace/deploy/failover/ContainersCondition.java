package io.millrace.deploy.failover;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Decides whether tests that need containers run. */
final class ContainersCondition implements ExecutionCondition {
    private static final String PROPERTY = "containers";
    private static final String REQUIRED = "required";
    private static final String BASE_IMAGE_VARIABLE = "BASE_IMAGE";
    private static final String USUAL_BASE_IMAGE = "local/jre:17";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean required = REQUIRED.equals(System.getProperty(PROPERTY));
        ConditionEvaluationResult result = decide(required, missing(), context.getDisplayName());
        if (result.isDisabled()) {
            System.out.println("SKIPPED: " + context.getDisplayName() + ", because "
                    + result.getReason().orElse("") + ". -D" + PROPERTY + "=" + REQUIRED + " makes this a failure.");
        }
        return result;
    }

    /** The image that the cluster's image is built on. */
    static String baseImage() {
        return Optional.ofNullable(System.getenv(BASE_IMAGE_VARIABLE))
                .filter(name -> !name.isBlank())
                .orElse(USUAL_BASE_IMAGE);
    }

    /** @param missing what the machine does not have; empty if tests can run */
    static ConditionEvaluationResult decide(boolean required, Optional<String> missing, String tests) {
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("containers can be started");
        }
        if (required) {
            throw new IllegalStateException(tests + " must run, but " + missing.get());
        }
        return ConditionEvaluationResult.disabled(missing.get());
    }

    private static Optional<String> missing() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no container engine answers");
        }
        String image = baseImage();
        try {
            DockerClientFactory.instance().client().inspectImageCmd(image).exec();
            return Optional.empty();
        } catch (NotFoundException e) {
            return Optional.of("the base image " + image + " is not on this machine (pull one with a Java 17 runtime,"
                    + " such as eclipse-temurin:17-jre, and name it in the variable " + BASE_IMAGE_VARIABLE + ")");
        }
    }
}
