package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one cluster whose processes they may kill. At the end of all tests nothing may be left of any job's
 * checkpoints: what killed processes were writing goes a minute after the job's end.
 */
final class SharedLooseCluster implements ParameterResolver, AfterTestExecutionCallback {
    private static final int TASK_MANAGERS = 4;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(75);

    /** Keeps the cluster in JUnit's store, which closes it. */
    private record Kept(LooseCluster cluster) implements AutoCloseable {

        static Kept start() {
            try {
                LooseCluster cluster = new LooseCluster();
                for (int i = 0; i < TASK_MANAGERS; i++) {
                    cluster.startTaskManager("tm-" + i);
                }
                return new Kept(cluster);
            } catch (IOException e) {
                throw new AssertionError("The cluster does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                if (!cluster.isWanted()) {
                    awaitNothingBelow(cluster.checkpoints());
                }
                cluster.end();
            } catch (InterruptedException e) {
                throw new AssertionError("The cluster was not ended", e);
            }
        }
    }

    private static void awaitNothingBelow(Path directory) throws IOException {
        long deadline = System.nanoTime() + GRACE_NANOS;
        while (!filesBelow(directory).isEmpty()) {
            assertThat(System.nanoTime())
                    .as("still there: %s", filesBelow(directory))
                    .isLessThan(deadline);
            LogLines.pause();
        }
    }

    static List<Path> filesBelow(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Kept kept(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedLooseCluster.class))
                .getOrComputeIfAbsent(Kept.class, type -> Kept.start(), Kept.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LooseCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return kept(context).cluster();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            kept(context).cluster().want();
        }
    }
}
