package io.millrace.api.execution;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job's global parameters as one text, the value of the setting {@code job.global-parameters}: {@code a=1&b=x%20y}.
 */
public final class GlobalParameters {

    private GlobalParameters() {}

    public static String write(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((key, value) -> {
            if (text.length() > 0) {
                text.append('&');
            }
            text.append(URLEncoder.encode(key, StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        });
        return text.toString();
    }

    /** Reads what {@link #write} wrote, in the same order. */
    public static Map<String, String> read(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = pair.substring(0, Math.max(0, equals));
            parameters.put(
                    URLDecoder.decode(key, StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return Collections.unmodifiableMap(parameters);
    }
}
