package io.millrace.deploy.process;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test methods the one {@link ProcessCluster} of the run, which is stopped after the last test. */
public final class SharedCluster implements ParameterResolver {

    /** Keeps the cluster in JUnit's store, which closes it. */
    private record Kept(ProcessCluster cluster) implements AutoCloseable {

        static Kept start() {
            try {
                return new Kept(ProcessCluster.start());
            } catch (IOException | InterruptedException e) {
                throw new AssertionError("The cluster does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                cluster.stop();
            } catch (InterruptedException e) {
                throw new AssertionError("The cluster was not stopped", e);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ProcessCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedCluster.class))
                .getOrComputeIfAbsent(Kept.class, type -> Kept.start(), Kept.class)
                .cluster();
    }
}
