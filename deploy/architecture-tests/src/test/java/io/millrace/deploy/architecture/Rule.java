package io.millrace.deploy.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/**
 * A rule over compiled classes, with what its report must name when it runs over the deliberately bad classes. The
 * product keeps all of them; a rule that no bad class breaks is not accepted.
 */
record Rule(String name, String culprit, Function<Tree, ArchRule> definition) {
    private static final List<Rule> ALL = List.of(
            new Rule(
                    "client knows no server",
                    "StrangeClient",
                    tree -> DependencyRules.strangers(tree, "client", "jobmanager", "taskmanager")),
            new Rule(
                    "jobmanager knows no stranger",
                    "NosyDecider",
                    tree -> DependencyRules.strangers(tree, "jobmanager", "client", "taskmanager")),
            new Rule(
                    "taskmanager knows no stranger",
                    "ReadingOperator",
                    tree -> DependencyRules.strangers(tree, "taskmanager", "client", "jobmanager")),
            new Rule("common knows no role", "NosyCore", DependencyRules::commonKnowsNoRole),
            new Rule("core knows only itself", "NosyCore", DependencyRules::coreKnowsOnlyItself),
            new Rule("nobody imports deploy", "StrangeClient", DependencyRules::nobodyImportsDeploy),
            new Rule(
                    "files connector sees only the api",
                    "NosyFiles",
                    tree -> DependencyRules.connectorSeesOnlyTheApi(tree, "files")),
            new Rule(
                    "socket connector sees only the api",
                    "NosySocket",
                    tree -> DependencyRules.connectorSeesOnlyTheApi(tree, "socket")),
            new Rule(
                    "generator connector sees only the api",
                    "NosyGenerator",
                    tree -> DependencyRules.connectorSeesOnlyTheApi(tree, "generator")),
            new Rule(
                    "kafka connector sees only the api",
                    "NosyKafka",
                    tree -> DependencyRules.connectorSeesOnlyTheApi(tree, "kafka")),
            new Rule(
                    "control does no io",
                    "NosyDecider.decide",
                    tree -> DependencyRules.doesNoIo(tree, "jobmanager.control")),
            new Rule(
                    "runtime does no io",
                    "ReadingOperator.read",
                    tree -> DependencyRules.doesNoIo(tree, "taskmanager.runtime")),
            new Rule(
                    "jobmanager loads no user code", "UserCodeLoader.load", DependencyRules::jobManagerLoadsNoUserCode),
            new Rule("only network sees netty", "ProtoLeak", DependencyRules::onlyNetworkSeesNetty),
            new Rule("only checkpoint-s3 sees the object store's sdk", "StoreLeak", DependencyRules::onlyS3SeesTheSdk),
            new Rule("only state-rocksdb sees rocksdb", "DatabaseLeak", DependencyRules::onlyStateRocksdbSeesRocksDb),
            new Rule("only the kafka connector sees kafka", "BrokerLeak", DependencyRules::onlyKafkaSeesTheClients),
            new Rule("proto stays at the edges", "ProtoLeak", DependencyRules::protoStaysAtTheEdges),
            new Rule("no package cycles", "Cycle detected: ", DependencyRules::noPackageCycles),
            new Rule("no volatile fields", "SharedState.closed", AgentRules::noVolatileFields),
            new Rule("no synchronized methods", "SharedState.close", AgentRules::noSynchronizedMethods),
            new Rule(
                    "no synchronized blocks",
                    "SharedState enters a monitor in step, line ",
                    AgentRules::noSynchronizedBlocks),
            new Rule("no sharing types", "SharedState.counter", AgentRules::noSharingTypes),
            new Rule("no threads", "SharedState.announce", AgentRules::noThreads),
            new Rule("no clocks", "System.nanoTime", AgentRules::noClocks),
            new Rule("no chance", "SharedState.lottery", AgentRules::noChance),
            new Rule("no console", "SharedState", AgentRules::noConsole),
            new Rule("names say what a type is", "StringHelper", StyleRules::namesSayWhatATypeIs),
            new Rule("every package is null marked", "SharedState", StyleRules::everyPackageIsNullMarked));

    static List<Rule> all() {
        return ALL;
    }

    ArchRule over(Tree tree) {
        return definition.apply(tree);
    }

    @Override
    public String toString() {
        return name;
    }
}
