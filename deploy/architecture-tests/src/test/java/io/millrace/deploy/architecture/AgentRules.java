package io.millrace.deploy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import io.millrace.deploy.architecture.Exemption.Ban;
import java.util.Set;
import java.util.function.Predicate;

/** Agents own, mails cross, nothing is shared; time and chance are handed in. Exceptions: {@link Exemption#ALL}. */
final class AgentRules {
    /** Values and contracts of java.util.concurrent that neither share nor run anything. */
    private static final Set<String> HARMLESS_CONCURRENT = Set.of(
            "java.util.concurrent.TimeUnit",
            "java.util.concurrent.TimeoutException",
            "java.util.concurrent.ExecutionException",
            "java.util.concurrent.CancellationException",
            "java.util.concurrent.CompletionException",
            "java.util.concurrent.Callable",
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.Future");

    private static final Set<String> SHARING = Set.of(
            "java.lang.ThreadLocal", "java.lang.InheritableThreadLocal", "java.util.Timer", "java.util.TimerTask");

    private AgentRules() {}

    static ArchRule noVolatileFields(Tree tree) {
        return noFields()
                .that()
                .areDeclaredInClassesThat(agentCode(tree, Ban.SHARING))
                .should()
                .haveModifier(JavaModifier.VOLATILE)
                .as("no volatile fields in agents: hand over through common.core.concurrent");
    }

    static ArchRule noSynchronizedMethods(Tree tree) {
        return noMethods()
                .that()
                .areDeclaredInClassesThat(agentCode(tree, Ban.SHARING))
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .as("no synchronized methods in agents");
    }

    static ArchRule noSynchronizedBlocks(Tree tree) {
        return noClasses()
                .that(agentCode(tree, Ban.SHARING))
                .should(new EnterMonitors())
                .as("no synchronized blocks in agents");
    }

    static ArchRule noSharingTypes(Tree tree) {
        return noClasses()
                .that(agentCode(tree, Ban.SHARING))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe("share or run things", AgentRules::isSharing))
                .orShould()
                .accessTargetWhere(access("an atomic access", AgentRules::isAtomicAccess))
                .as("no locks, executors, atomics or concurrent collections in agents");
    }

    static ArchRule noThreads(Tree tree) {
        return noCalls(tree, Ban.THREADS, AgentRules::makesThread).as("no agent creates or starts a thread: hosts do");
    }

    static ArchRule noClocks(Tree tree) {
        return noCalls(tree, Ban.TIME, target -> readsClock(target) || waits(target))
                .as("no agent reads a clock or waits: time comes from the Clock handed in");
    }

    static ArchRule noChance(Tree tree) {
        return noCalls(tree, Ban.RANDOMNESS, AgentRules::drawsRandomly)
                .as("no agent draws random values: seeds and ids are handed in");
    }

    static ArchRule noConsole(Tree tree) {
        return noCalls(tree, Ban.CONSOLE, target -> is(target, "java.lang.System", "out", "err", "in"))
                .as("common, jobmanager and taskmanager log or hand on: they do not touch the console");
    }

    /** Calls, field accesses and method references alike: {@code System::nanoTime} is a clock read too. */
    private static ArchRule noCalls(Tree tree, Ban ban, Predicate<AccessTarget> banned) {
        return noClasses().that(agentCode(tree, ban)).should().accessTargetWhere(access("banned in agents", banned));
    }

    private static DescribedPredicate<JavaAccess<?>> access(String description, Predicate<AccessTarget> banned) {
        return DescribedPredicate.describe(description, candidate -> banned.test(candidate.getTarget()));
    }

    private static DescribedPredicate<JavaClass> agentCode(Tree tree, Ban ban) {
        return JavaClass.Predicates.resideInAnyPackage(tree.agentCode())
                .and(DescribedPredicate.describe("not exempt", type -> !Exemption.allows(type, ban)));
    }

    private static boolean isSharing(JavaClass type) {
        String name = type.getName().replaceAll("\\$.*", "");
        return SHARING.contains(name)
                || name.startsWith("org.jctools.")
                || (name.startsWith("java.util.concurrent.") && !HARMLESS_CONCURRENT.contains(name));
    }

    /** A variable handle is fine as a view over bytes; only its plain accesses are. */
    private static boolean isAtomicAccess(AccessTarget target) {
        return owner(target).equals("java.lang.invoke.VarHandle")
                && !Set.of("get", "set").contains(target.getName());
    }

    private static boolean makesThread(AccessTarget target) {
        return is(target, "java.lang.Thread", "<init>", "start", "ofPlatform", "ofVirtual", "startVirtualThread")
                || (owner(target).equals("java.util.concurrent.CompletableFuture")
                        && target.getName().endsWith("Async"));
    }

    private static boolean readsClock(AccessTarget target) {
        return is(target, "java.lang.System", "nanoTime", "currentTimeMillis")
                || (owner(target).startsWith("java.time.") && target.getName().equals("now"))
                || is(target, "java.time.Clock", "systemUTC", "systemDefaultZone", "system", "tickMillis")
                || is(target, "java.util.Date", "<init>")
                || is(target, "java.util.Calendar", "getInstance");
    }

    private static boolean waits(AccessTarget target) {
        return is(target, "java.lang.Thread", "sleep", "join", "yield", "onSpinWait")
                || is(target, "java.util.concurrent.TimeUnit", "sleep", "timedJoin", "timedWait")
                || is(target, "java.lang.Object", "wait", "notify", "notifyAll")
                || is(target, "java.util.concurrent.locks.LockSupport", "park", "parkNanos", "parkUntil");
    }

    private static boolean drawsRandomly(AccessTarget target) {
        return is(target, "java.util.Random", "<init>")
                || is(target, "java.util.SplittableRandom", "<init>")
                || is(target, "java.security.SecureRandom", "<init>", "getInstanceStrong")
                || is(target, "java.util.concurrent.ThreadLocalRandom", "current")
                || is(target, "java.util.UUID", "randomUUID")
                || is(target, "java.lang.Math", "random")
                || is(target, "java.util.Collections", "shuffle");
    }

    private static boolean is(AccessTarget target, String owner, String... names) {
        return owner(target).equals(owner) && Set.of(names).contains(target.getName());
    }

    private static String owner(AccessTarget target) {
        return target.getOwner().getName();
    }
}
