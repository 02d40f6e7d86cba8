package io.millrace.client.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.common.core.error.MillraceException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyRulesTest {

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
}
