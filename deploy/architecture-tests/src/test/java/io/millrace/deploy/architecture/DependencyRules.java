package io.millrace.deploy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;

/** Who may see whom: the directions that docs/ARCHITECTURE.md fixes. */
final class DependencyRules {
    private static final Set<String> HARMLESS_IO_NAMES = Set.of(
            "java.io.Serializable",
            "java.io.Externalizable",
            "java.io.ObjectInput",
            "java.io.ObjectOutput",
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.io.EOFException",
            "java.io.NotSerializableException",
            "java.io.InvalidClassException",
            "java.io.InvalidObjectException",
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.io.DataInput",
            "java.io.DataOutput",
            "java.io.DataInputStream",
            "java.io.DataOutputStream",
            "java.io.ByteArrayInputStream",
            "java.io.ByteArrayOutputStream",
            "java.io.ObjectInputStream",
            "java.io.ObjectOutputStream",
            "java.io.ObjectStreamClass",
            "java.io.ObjectInputFilter",
            "java.io.StringWriter",
            "java.io.PrintWriter",
            "java.net.URI",
            "java.net.URISyntaxException");

    private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD = resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.sql..",
                    "io.netty..",
                    "io.grpc..")
            .and(DescribedPredicate.describe(
                    "do I/O", type -> !HARMLESS_IO_NAMES.contains(type.getName().replaceAll("\\$.*", ""))))
            .or(DescribedPredicate.describe("start processes", type -> type.isEquivalentTo(ProcessBuilder.class)))
            .as("files, sockets, channels or processes");

    private DependencyRules() {}

    /** Client, JobManager and TaskManager are strangers: they share common and speak proto. */
    static ArchRule strangers(Tree tree, String role, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(tree.below(role))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(tree.below(others))
                .as(role + " does not know " + String.join(", ", others));
    }

    static ArchRule commonKnowsNoRole(Tree tree) {
        return noClasses()
                .that()
                .resideInAnyPackage(tree.below("common", "api", "proto"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(tree.below("client", "jobmanager", "taskmanager"))
                .as("common knows neither client nor jobmanager nor taskmanager");
    }

    static ArchRule nobodyImportsDeploy(Tree tree) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(tree.below("deploy"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(tree.below("deploy"))
                .as("deploy may see everything and no product module imports it");
    }

    static ArchRule coreKnowsOnlyItself(Tree tree) {
        return noClasses()
                .that()
                .resideInAPackage(tree.below("common.core"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(tree.everything()).and(not(resideInAPackage(tree.below("common.core")))))
                .as("common.core stands on nothing else of the project");
    }

    /**
     * A connector sees the API, the coded errors that the API throws, and itself: the surface a user's connector has.
     */
    static ArchRule connectorSeesOnlyTheApi(Tree tree, String connector) {
        String own = "client.connectors." + connector;
        return noClasses()
                .that()
                .resideInAPackage(tree.below(own))
                .should()
                .dependOnClassesThat(resideInAPackage(tree.everything())
                        .and(not(resideInAnyPackage(tree.below("api", "common.core.error", own)))))
                .as("connector " + connector + " sees common/api only");
    }

    static ArchRule doesNoIo(Tree tree, String path) {
        return noClasses()
                .that()
                .resideInAPackage(tree.below(path))
                .should()
                .dependOnClassesThat(OUTSIDE_WORLD)
                .as(path + " does no I/O");
    }

    static ArchRule jobManagerLoadsNoUserCode(Tree tree) {
        return noClasses()
                .that()
                .resideInAPackage(tree.below("jobmanager"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.(io\\.ObjectInputStream|net\\.URLClassLoader|security\\.SecureClassLoader)")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(tree.below("common.serde"))
                .as("the JobManager never loads user code");
    }

    static ArchRule onlyNetworkSeesNetty(Tree tree) {
        return noClasses()
                .that()
                .resideInAPackage(tree.everything())
                .and()
                .resideOutsideOfPackages(tree.below("taskmanager.network", "deploy.benchmarks"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .as("only taskmanager/network sees Netty");
    }

    static ArchRule onlyS3SeesTheSdk(Tree tree) {
        return noClasses()
                .that()
                .resideInAPackage(tree.everything())
                .and()
                .resideOutsideOfPackages(tree.below("common.checkpoint.s3"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .as("only common/checkpoint-s3 sees the object store's SDK");
    }

    static ArchRule onlyStateRocksdbSeesRocksDb(Tree tree) {
        return noClasses()
                .that()
                .resideInAPackage(tree.everything())
                .and()
                .resideOutsideOfPackages(tree.below("taskmanager.state.rocksdb"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .as("only taskmanager/state-rocksdb sees RocksDB");
    }

    /** Jobs see records and the like; the classes of brokers and their clients are the connector's. */
    static ArchRule onlyKafkaSeesTheClients(Tree tree) {
        return noClasses()
                .that()
                .resideInAPackage(tree.everything())
                .and()
                .resideOutsideOfPackages(tree.below("client.connectors.kafka", "client.examples"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .as("only the Kafka connector and the jobs that use it see Kafka");
    }

    /** Generated messages and gRPC stay at the edges; in between there are types of our own. */
    static ArchRule protoStaysAtTheEdges(Tree tree) {
        return noClasses()
                .that()
                .resideInAPackage(tree.everything())
                .and()
                .resideOutsideOfPackages(tree.below(
                        "proto",
                        "common.rpc",
                        "common.checkpoint.format",
                        "jobmanager.server",
                        "taskmanager.server",
                        "client.cli",
                        "deploy"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(tree.below("proto"), "com.google.protobuf..", "io.grpc.."))
                .as(
                        "generated proto types and gRPC stay in proto, rpc, the checkpoint format, the servers and the client");
    }

    /**
     * The API counts as one package: its inner division follows names that users know, where functions and state
     * descriptors mention each other.
     */
    static ArchRule noPackageCycles(Tree tree) {
        return SlicesRuleDefinition.slices()
                .assignedFrom(new PackageSlices(tree))
                .should()
                .beFreeOfCycles()
                .as("packages form no cycles");
    }

    private record PackageSlices(Tree tree) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (!name.startsWith(tree.root() + ".")
                    || resideInAPackage(tree.below("proto")).test(type)) {
                return SliceIdentifier.ignore();
            }
            boolean api = resideInAPackage(tree.below("api")).test(type);
            return SliceIdentifier.of(api ? "api" : name.substring(tree.root().length() + 1));
        }

        @Override
        public String getDescription() {
            return "packages of the project";
        }
    }
}
