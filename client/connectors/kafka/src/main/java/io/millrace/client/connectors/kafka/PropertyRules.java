package io.millrace.client.connectors.kafka;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which properties of Kafka's clients a job may set. Refused before any connection: login modules that are not known to
 * be harmless (JNDI and LDAP ones made servers run foreign code), token endpoints that are files or plain HTTP on
 * another host, references to other files, and what the connector itself decides.
 */
public final class PropertyRules {
    private static final Set<String> LOGIN_MODULES = Set.of(
            "org.apache.kafka.common.security.plain.PlainLoginModule",
            "org.apache.kafka.common.security.scram.ScramLoginModule",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule",
            "com.sun.security.auth.module.Krb5LoginModule",
            "software.amazon.msk.auth.iam.IAMLoginModule");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Property to what decides instead. */
    private static final Map<String, String> DECIDED = Map.of(
            "key.deserializer", "the connector reads bytes; use setDeserializer",
            "value.deserializer", "the connector reads bytes; use setDeserializer",
            "key.serializer", "the connector writes bytes; use setRecordSerializer",
            "value.serializer", "the connector writes bytes; use setRecordSerializer",
            "enable.auto.commit", "offsets are committed with checkpoints",
            "auto.offset.reset", "use setStartingOffsets; a lost position is never reset in silence",
            "transactional.id", "use setTransactionalIdPrefix",
            "transaction.two.phase.commit.enable", "the connector commits transactions by itself");

    private PropertyRules() {}

    /**
     * @param place the source or sink, for the message
     * @throws MillraceException {@code KAFKA_PROPERTY_REFUSED} for the first property, by name, that is refused
     */
    public static void check(Map<String, String> properties, String place) {
        new TreeMap<>(properties).forEach((key, value) -> checkOne(key, value, place));
    }

    private static void checkOne(String key, String value, String place) {
        String decided = DECIDED.get(key);
        if (decided != null) {
            throw refused(key, place, decided, "Leave the property out");
        }
        if (key.startsWith("config.providers")) {
            throw refused(key, place, "it makes the client read other files", "Give the values themselves");
        }
        if (key.endsWith("sasl.jaas.config")) {
            checkLoginModules(key, value, place);
        }
        if (key.endsWith(".url")) {
            checkUrl(key, value, place);
        }
    }

    private static void checkLoginModules(String key, String value, String place) {
        for (String module : JaasEntries.loginModules(value)) {
            if (!LOGIN_MODULES.contains(module)) {
                throw refused(
                        key,
                        place,
                        "the login module '" + module + "' is not one of the known ones",
                        "Use PlainLoginModule, ScramLoginModule, OAuthBearerLoginModule, Krb5LoginModule or"
                                + " IAMLoginModule, by its full name");
            }
        }
    }

    private static void checkUrl(String key, String value, String place) {
        String scheme = "";
        String host = "";
        try {
            URI uri = URI.create(value.strip());
            scheme = uri.getScheme() == null ? "" : uri.getScheme();
            host = uri.getHost() == null ? "" : uri.getHost();
        } catch (IllegalArgumentException notAUri) {
            host = "";
        }
        boolean encrypted = scheme.equalsIgnoreCase("https") && !host.isEmpty();
        boolean local = scheme.equalsIgnoreCase("http") && LOOPBACK.contains(host);
        if (!encrypted && !local) {
            throw refused(key, place, "it may only name an https address", "Give an address that starts with https://");
        }
    }

    /** Values may be secrets: only the key is told. */
    private static MillraceException refused(String key, String place, String why, String step) {
        return Problem.of(KafkaErrors.KAFKA_PROPERTY_REFUSED, "The property '" + key + "' cannot be set by a job")
                .at(place)
                .because(why)
                .fix(step)
                .asException();
    }
}
