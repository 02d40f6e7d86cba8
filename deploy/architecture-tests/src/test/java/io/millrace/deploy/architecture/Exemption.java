package io.millrace.deploy.architecture;

import static io.millrace.deploy.architecture.Exemption.Ban.CONSOLE;
import static io.millrace.deploy.architecture.Exemption.Ban.RANDOMNESS;
import static io.millrace.deploy.architecture.Exemption.Ban.SHARING;
import static io.millrace.deploy.architecture.Exemption.Ban.THREADS;
import static io.millrace.deploy.architecture.Exemption.Ban.TIME;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One class, or one package when the name ends in "..", that may do what agents must not, and why. A nested class
 * shares the exemption of the class around it. An exemption whose name matches nothing fails the build, so the list
 * cannot rot.
 */
record Exemption(String name, Set<Ban> bans, String reason) {

    /** What agents must not do themselves. */
    enum Ban {
        SHARING,
        THREADS,
        TIME,
        RANDOMNESS,
        CONSOLE
    }

    static final List<Exemption> ALL = List.of(
            of("io.millrace.common.core.concurrent..", "the crossing types and the host", SHARING, THREADS, TIME),
            of("io.millrace.common.rpc.RpcServer", "hands its host's executor to gRPC", SHARING),
            of("io.millrace.api.execution.ExecutionContext", "main() finds its executor by its thread", SHARING),
            of("io.millrace.common.core.loading.JobClassLoader", "the JVM's class loading lock", SHARING),
            of("io.millrace.taskmanager.server.library.SharedJobLibraries", "loads on its host's executor", SHARING),
            of("io.millrace.taskmanager.runtime.exchange.LocalChannels", "slots find rings by it", SHARING),
            of("io.millrace.jobmanager.server.JobManager", "owns its host's executor for blob files", SHARING),
            of(
                    "io.millrace.jobmanager.server.JobManagerMain",
                    "the process's wiring",
                    SHARING,
                    THREADS,
                    RANDOMNESS,
                    CONSOLE),
            of("io.millrace.common.serde.GeneratedClasses", "tasks of a job share generated classes", SHARING),
            of("io.millrace.common.serde.DynamicHasher", "tasks of a job share hashers", SHARING),
            of("io.millrace.common.serde.ScalarSerializers", "java.util.Date as a value, not the clock", TIME),
            of("io.millrace.taskmanager.runtime.slot.SlotHost", "the host of a slot", SHARING, THREADS, TIME),
            of(
                    "io.millrace.taskmanager.runtime.slot.StepGuard",
                    "interrupts user code of a cancelled task",
                    SHARING,
                    TIME),
            of("io.millrace.taskmanager.server.process.TaskManagerProcess", "hands executors on", SHARING),
            of("io.millrace.taskmanager.server.process.ClusterSurroundings", "hands executors on", SHARING),
            of("io.millrace.taskmanager.server.process.TaskManagerThreads", "the hosts' workers", SHARING, THREADS),
            of(
                    "io.millrace.taskmanager.server.TaskManagerMain",
                    "the process's wiring",
                    SHARING,
                    THREADS,
                    RANDOMNESS,
                    CONSOLE),
            of("io.millrace.common.core.time.SystemClock", "the one reader of the machine's clock", TIME));

    private static Exemption of(String name, String reason, Ban first, Ban... others) {
        return new Exemption(name, Set.copyOf(EnumSet.of(first, others)), reason);
    }

    static boolean allows(JavaClass type, Ban ban) {
        return ALL.stream().anyMatch(exemption -> exemption.bans.contains(ban) && exemption.covers(type));
    }

    boolean covers(JavaClass type) {
        if (name.endsWith("..")) {
            String prefix = name.substring(0, name.length() - 2);
            return type.getPackageName().equals(prefix) || type.getPackageName().startsWith(prefix + ".");
        }
        return type.getName().equals(name) || type.getName().startsWith(name + "$");
    }
}
