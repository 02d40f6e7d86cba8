package io.millrace.client.cli.command;

import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.terminal.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.Model.CommandSpec;

/** Shows the version of this program. */
final class VersionVerb implements Verb {
    private static final String RESOURCE = "/io/millrace/client/cli/version.properties";

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "Shows the version.";
    }

    @Override
    public void describe(CommandSpec spec) {
        Flags.json(spec);
    }

    @Override
    public int run(Invocation invocation) throws IOException {
        String version = version();
        String java = Runtime.version().toString();
        boolean json =
                invocation.arguments().commandSpec().findOption(Flags.JSON) != null && invocation.has(Flags.JSON);
        invocation.terminal().result(json ? json(version, java) : "Millrace " + version + ", Java " + java);
        return ExitCode.OK;
    }

    private static String json(String version, String java) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeStringField("version", version);
            json.writeStringField("java", java);
            json.writeEndObject();
        });
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = VersionVerb.class.getResourceAsStream(RESOURCE)) {
            properties.load(Objects.requireNonNull(file, RESOURCE));
        }
        return properties.getProperty("version");
    }
}
