package io.millrace.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs in one TaskManager whose classes have the same names and nothing else in common. */
@Timeout(60)
final class ClashingClassesTest {
    private static final String MEETING = "millrace.test.meeting";

    /** The same in both jars. The first record of each job is held up until the other job has got as far. */
    private static final String PROGRAM = """
            package clash;

            import io.millrace.api.environment.StreamExecutionEnvironment;
            import java.util.concurrent.CyclicBarrier;
            import java.util.concurrent.TimeUnit;

            public final class Program {
                public static void main(String[] args) {
                    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                    env.fromSequence(1, 3)
                            .map(Program::meet)
                            .map(Greeting::of)
                            .keyBy(Greeting::name)
                            .map(greeting -> greeting.say() + ", library " + library())
                            .print();
                    env.execute("clash");
                }

                static Long meet(Long number) throws Exception {
                    if (number == 1) {
                        CyclicBarrier barrier = (CyclicBarrier) System.getProperties().get("millrace.test.meeting");
                        barrier.await(30, TimeUnit.SECONDS);
                    }
                    return number;
                }

                static String library() throws Exception {
                    try {
                        Class<?> version = Class.forName("com.fasterxml.jackson.core.Version");
                        return (String) version.getMethod("whose").invoke(null);
                    } catch (ClassNotFoundException e) {
                        return "hidden";
                    }
                }
            }
            """;

    private static final String RECORD_GREETING = """
            package clash;

            public record Greeting(String name, long number) {
                static int made;

                public static Greeting of(Long number) {
                    made++;
                    return new Greeting("record", number);
                }

                public String say() {
                    return "record " + number + " of " + (made <= 3 ? "3" : "more");
                }
            }
            """;

    private static final String BEAN_GREETING = """
            package clash;

            public class Greeting {
                static int made;
                public double tenfold;
                public String called;

                public static Greeting of(Long number) {
                    made++;
                    Greeting greeting = new Greeting();
                    greeting.tenfold = number * 10;
                    greeting.called = "bean";
                    return greeting;
                }

                public String name() {
                    return called;
                }

                public String say() {
                    return "bean " + tenfold + " of " + (made <= 3 ? "3" : "more");
                }
            }
            """;

    /** Another class of a name that is also on the engine's class path. */
    private static final String OWN_LIBRARY = """
            package com.fasterxml.jackson.core;

            public class Version {
                public static String whose() {
                    return "of the job";
                }
            }
            """;

    @TempDir
    Path directory;

    @AfterEach
    void forgetTheMeeting() {
        System.getProperties().remove(MEETING);
    }

    @Test
    void jobsInOneTaskManagerSeeTheirOwnClassesAndLibrariesAndTheEnginesApi() throws Exception {
        assertThat(Version.class.getMethods())
                .noneMatch(method -> method.getName().equals("whose"));
        Path records = jar("records", RECORD_GREETING).write(directory.resolve("records.jar"));
        // Were this class of the API taken from the jar, nothing of the job could be loaded.
        byte[] noClass = "no class file".getBytes(StandardCharsets.UTF_8);
        Path beans = jar("beans", BEAN_GREETING)
                .source("com.fasterxml.jackson.core.Version", OWN_LIBRARY)
                .entry("io/millrace/api/functions/MapFunction.class", noClass)
                .entry("io/millrace/api/types/TypeSerializer.class", noClass)
                .write(directory.resolve("beans.jar"));
        System.getProperties().put(MEETING, new CyclicBarrier(2));
        try (JarCluster cluster = new JarCluster(1, 2, directory)) {
            JarRun first = cluster.run(records, "clash.Program", 1);
            JarRun second = cluster.run(beans, "clash.Program", 1);

            assertThat(first.awaitExitCode()).as(first.told()).isZero();
            assertThat(second.awaitExitCode()).as(second.told()).isZero();
            assertThat(first.printed())
                    .containsExactly(
                            "record 1 of 3, library hidden",
                            "record 2 of 3, library hidden",
                            "record 3 of 3, library hidden");
            assertThat(second.printed())
                    .containsExactly(
                            "bean 10.0 of 3, library of the job",
                            "bean 20.0 of 3, library of the job",
                            "bean 30.0 of 3, library of the job");
            assertThat(cluster.loadersMade()).isEqualTo(2);
        }
    }

    private CompiledJar jar(String name, String greeting) throws IOException {
        return new CompiledJar(Files.createDirectory(directory.resolve(name)))
                .source("clash.Program", PROGRAM)
                .source("clash.Greeting", greeting);
    }
}
