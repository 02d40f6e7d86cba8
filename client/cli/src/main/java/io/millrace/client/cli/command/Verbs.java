package io.millrace.client.cli.command;

import java.util.ArrayList;
import java.util.List;

/** All verbs, in the order in which the help shows them. */
final class Verbs {
    static final Verb VERSION = new VersionVerb();

    /** Programs of the distribution that the launcher starts in place of this one. */
    static final List<String> SERVERS = List.of("jobmanager", "taskmanager");

    private static final List<Verb> ALL = assemble();

    private Verbs() {}

    static List<Verb> all() {
        return ALL;
    }

    private static List<Verb> assemble() {
        List<Verb> all = new ArrayList<>();
        all.add(new DemoVerb());
        all.add(new ClusterVerb());
        all.add(new RunVerb());
        all.addAll(JobVerbs.all());
        all.addAll(CheckpointVerbs.all());
        all.add(new InspectVerb());
        all.add(new CheckVerb());
        all.add(new ConfigVerb());
        all.add(VERSION);
        return List.copyOf(all);
    }
}
