package io.millrace.client.connectors.kafka;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests one broker for the whole run; it is stopped at its end. */
public final class SharedBroker implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaBroker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Stored.class, key -> new Stored(KafkaBroker.start()), Stored.class)
                .broker();
    }

    private record Stored(KafkaBroker broker) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            broker.close();
        }
    }
}
