package io.millrace.client.cli.view;

import io.millrace.client.cli.terminal.Json;
import io.millrace.common.core.config.ConfigOption;
import io.millrace.common.core.config.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings with their type, default, accepted form and meaning. */
public final class ConfigView {

    private ConfigView() {}

    /** @param given what the configuration file and the command line set */
    public static List<String> lines(List<ConfigOption<?>> options, Configuration given) {
        List<String> lines = new ArrayList<>();
        for (ConfigOption<?> option : options) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            String byDefault = option.defaultText().isEmpty() ? "empty" : option.defaultText();
            lines.add(option.key());
            lines.add("  " + option.type().label() + ", default " + byDefault + "; accepts "
                    + option.type().accepted());
            lines.add("  " + option.description());
            String value = given.toMap().get(option.key());
            if (value != null) {
                lines.add("  set to " + value);
            }
        }
        return lines;
    }

    public static String json(List<ConfigOption<?>> options, Configuration given) {
        Map<String, String> values = given.toMap();
        return Json.text(json -> {
            json.writeStartArray();
            for (ConfigOption<?> option : options) {
                json.writeStartObject();
                json.writeStringField("key", option.key());
                json.writeStringField("type", option.type().label());
                json.writeStringField("default", option.defaultText());
                json.writeStringField("accepts", option.type().accepted());
                json.writeStringField("description", option.description());
                if (values.containsKey(option.key())) {
                    json.writeStringField("value", values.get(option.key()));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
