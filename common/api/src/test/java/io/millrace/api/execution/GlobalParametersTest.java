package io.millrace.api.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class GlobalParametersTest {

    @Property(tries = 200)
    void whatWasWrittenIsRead(@ForAll Map<String, String> parameters) {
        // Lone surrogates have no form in UTF-8 and come back as question marks.
        Map<String, String> expected = new java.util.LinkedHashMap<>();
        parameters.forEach((key, value) -> expected.put(utf8(key), utf8(value)));
        if (expected.size() == parameters.size()) {
            assertThat(GlobalParameters.read(GlobalParameters.write(parameters)))
                    .isEqualTo(expected);
        }
    }

    private static String utf8(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
