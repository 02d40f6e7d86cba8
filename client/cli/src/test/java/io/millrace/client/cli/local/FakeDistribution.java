package io.millrace.client.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A distribution's directory whose launcher does what the test says. */
public final class FakeDistribution {
    private final Path home;

    public FakeDistribution(Path home) {
        this.home = home;
    }

    public Path home() {
        return home;
    }

    /** A launcher that starts {@link FakeServers}. */
    public FakeDistribution withServers() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return withLauncher("exec '" + ProcessHandle.current().info().command().orElse("java")
                + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + classPath + "' " + FakeServers.class.getName()
                + " \"$@\"");
    }

    /** A launcher with these lines of shell. */
    public FakeDistribution withLauncher(String script) throws IOException {
        Path launcher = home.resolve("bin").resolve("millrace");
        Files.createDirectories(launcher.getParent());
        Files.writeString(launcher, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }
}
