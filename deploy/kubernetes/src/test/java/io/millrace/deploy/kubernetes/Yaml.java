package io.millrace.deploy.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML as plain maps, lists and scalars of the types that the text gives them; duplicate keys are refused. */
final class Yaml {

    private Yaml() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** The documents of a file, each a map. */
    static List<Map<?, ?>> documents(String text, String place) {
        List<Map<?, ?>> documents = new ArrayList<>();
        Load load = new Load(LoadSettings.builder()
                .setLabel(place)
                .setAllowDuplicateKeys(false)
                .build());
        for (Object document : load.loadAllFromString(text)) {
            if (!(document instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException(place + " has a document that is not a map: " + document);
            }
            documents.add(map);
        }
        return documents;
    }

    static String write(Map<?, ?> document) {
        return new Dump(DumpSettings.builder().build()).dumpToString(document);
    }
}
