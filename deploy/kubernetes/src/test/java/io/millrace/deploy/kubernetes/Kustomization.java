package io.millrace.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code kustomization.yaml} lists, put together without kubectl: its resources, those of the directories it
 * names, and the ConfigMaps it generates, under the names that the manifests use. Only the fields that this project's
 * files have are understood; any other is a problem.
 */
final class Kustomization {
    private static final Set<String> FIELDS =
            Set.of("apiVersion", "kind", "namespace", "resources", "configMapGenerator", "patches");

    private final List<HasMetadata> resources = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Kustomization() {}

    static Kustomization load(Path directory) {
        Kustomization result = new Kustomization();
        result.add(directory);
        return result;
    }

    List<HasMetadata> resources() {
        return List.copyOf(resources);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void add(Path directory) {
        Path file = directory.resolve("kustomization.yaml");
        List<Map<?, ?>> documents = Yaml.documents(Yaml.read(file), file.toString());
        if (documents.size() != 1) {
            problems.add(file + ": has " + documents.size() + " documents, not 1");
            return;
        }
        Map<?, ?> root = documents.get(0);
        root.keySet().stream()
                .filter(key -> !FIELDS.contains(key))
                .forEach(key -> problems.add(file + ": field '" + key + "' is not understood"));
        for (Object resource : list(root.get("resources"))) {
            Path listed = directory.resolve(String.valueOf(resource)).normalize();
            if (Files.isDirectory(listed)) {
                add(listed);
            } else if (Files.isRegularFile(listed)) {
                addManifests(listed);
            } else {
                problems.add(file + ": lists " + resource + ", which does not exist");
            }
        }
        for (Object generator : list(root.get("configMapGenerator"))) {
            addGenerated(directory, (Map<?, ?>) generator, file);
        }
        for (Object patch : list(root.get("patches"))) {
            checkPatch(directory, (Map<?, ?>) patch, file);
        }
        checkNothingForgotten(directory, root, file);
    }

    private void addManifests(Path file) {
        for (Map<?, ?> document : Yaml.documents(Yaml.read(file), file.toString())) {
            StrictModel.Reading reading =
                    StrictModel.read(document, file.getFileName().toString());
            problems.addAll(reading.problems());
            HasMetadata resource = reading.resource();
            if (resource != null) {
                resources.add(resource);
            }
        }
    }

    private void addGenerated(Path directory, Map<?, ?> generator, Path file) {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(String.valueOf(generator.get("name")))
                .endMetadata()
                .build();
        for (Object name : list(generator.get("files"))) {
            Path content = directory.resolve(String.valueOf(name));
            if (Files.isRegularFile(content)) {
                map.getData().put(String.valueOf(name), Yaml.read(content));
            } else {
                problems.add(file + ": generates a ConfigMap from " + name + ", which does not exist");
            }
        }
        resources.add(map);
    }

    /** A patch is a manifest with some fields left out, of a resource that is listed. */
    private void checkPatch(Path directory, Map<?, ?> patch, Path file) {
        Path path = directory.resolve(String.valueOf(patch.get("path")));
        for (Map<?, ?> document : Yaml.documents(Yaml.read(path), path.toString())) {
            StrictModel.Reading reading =
                    StrictModel.read(document, path.getFileName().toString());
            problems.addAll(reading.problems());
            HasMetadata part = reading.resource();
            if (part != null && resources.stream().noneMatch(whole -> isSame(whole, part))) {
                problems.add(file + ": patches " + part.getKind() + " '"
                        + part.getMetadata().getName() + "', which no file defines");
            }
        }
    }

    private static boolean isSame(HasMetadata a, HasMetadata b) {
        return a.getKind().equals(b.getKind())
                && a.getMetadata().getName().equals(b.getMetadata().getName());
    }

    /** A manifest beside the list and not in it would never reach a cluster. */
    private void checkNothingForgotten(Path directory, Map<?, ?> root, Path file) {
        String listed = root.toString();
        try (var entries = Files.list(directory)) {
            entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
                    .filter(name -> !listed.contains(name))
                    .forEach(name -> problems.add(file + ": does not list " + name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("Cannot list " + directory, e);
        }
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
