package io.millrace.client.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.common.core.error.MillraceException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyRulesTest {
    private static final String HARMFUL = "com.sun.security.auth.module.JndiLoginModule";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.jaas.config|com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://evil\";",
                "sasl.jaas.config|com.sun.security.auth.module.LdapLoginModule required;",
                "sasl.jaas.config|org.apache.kafka.common.security.plain.PlainLoginModule required password=\"a;b\"; com.sun.security.auth.module.JndiLoginModule required;",
                "listener.name.x.sasl.jaas.config|com.sun.security.auth.module.JndiLoginModule\trequired;",
                "sasl.jaas.config|\"com.sun.security.auth.module.JndiLoginModule\" required;",
                "sasl.oauthbearer.token.endpoint.url|file:///etc/passwd",
                "sasl.oauthbearer.token.endpoint.url|FILE:/etc/passwd",
                "sasl.oauthbearer.jwks.endpoint.url|http://169.254.169.254/latest/meta-data",
                "sasl.oauthbearer.jwks.endpoint.url|http://localhost@evil.example/keys",
                "sasl.oauthbearer.jwks.endpoint.url|jar:https://x!/y",
                "sasl.oauthbearer.jwks.endpoint.url|not a url",
                "config.providers|file",
                "config.providers.file.class|org.apache.kafka.common.config.provider.FileConfigProvider",
                "transactional.id|mine",
                "auto.offset.reset|latest",
                "enable.auto.commit|true",
                "value.deserializer|a.B",
            })
    void harmfulOrTakenPropertyIsRefusedByItsNameWithoutItsValue(String key, String value) {
        MillraceException refused = catchThrowableOfType(
                MillraceException.class, () -> PropertyRules.check(Map.of(key, value), "Kafka source of topic t"));
        assertThat(refused.code()).isEqualTo("KAFKA_PROPERTY_REFUSED");
        assertThat(refused.problem().what()).contains("'" + key + "'").doesNotContain(value);
        assertThat(refused.problem().where()).isEqualTo("Kafka source of topic t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.jaas.config|org.apache.kafka.common.security.plain.PlainLoginModule required username='u' password='JndiLoginModule;';",
                "sasl.jaas.config|org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "sasl.jaas.config|com.sun.security.auth.module.Krb5LoginModule required keyTab=\"/k\";",
                "sasl.oauthbearer.token.endpoint.url|https://login.example/token",
                "sasl.oauthbearer.token.endpoint.url|http://localhost:8080/token",
                "security.protocol|SASL_SSL",
                "fetch.max.bytes|1000",
            })
    void ordinaryPropertyPasses(String key, String value) {
        assertThatCode(() -> PropertyRules.check(Map.of(key, value), "here")).doesNotThrowAnyException();
    }

    /** However the entries are written, one login module that is not known is enough. */
    @Property(tries = 500)
    void everyEntryOfALoginConfigurationIsLookedAt(@ForAll("entries") List<String> entries) {
        boolean harmful = entries.stream().anyMatch(entry -> entry.strip().startsWith(HARMFUL));
        Map<String, String> properties = Map.of("sasl.jaas.config", String.join(";", entries));
        if (harmful) {
            assertThatThrownBy(() -> PropertyRules.check(properties, "here"))
                    .hasMessageStartingWith("[KAFKA_PROPERTY_REFUSED]");
        } else {
            assertThatCode(() -> PropertyRules.check(properties, "here")).doesNotThrowAnyException();
        }
    }

    @Provide
    Arbitrary<List<String>> entries() {
        Arbitrary<String> modules = Arbitraries.of(
                "org.apache.kafka.common.security.plain.PlainLoginModule",
                "org.apache.kafka.common.security.scram.ScramLoginModule",
                HARMFUL);
        Arbitrary<String> blanks = Arbitraries.of("", " ", "\n", "\t ");
        Arbitrary<String> options = Arbitraries.of(
                " required",
                " required password=\"a;b\"",
                " required password='" + HARMFUL + ";'",
                " required password=\"\\\";" + HARMFUL + "\"",
                "\trequired\nuser=\"'\"");
        return Combinators.combine(blanks, modules, options)
                .as((before, module, rest) -> before + module + rest)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
