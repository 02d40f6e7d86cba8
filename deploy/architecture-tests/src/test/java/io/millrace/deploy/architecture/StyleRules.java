package io.millrace.deploy.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** Names and annotations that the house style asks for. Generated stubs are exempt. */
final class StyleRules {
    private static final Pattern SAYS_NOTHING = Pattern.compile(".*(Impl|Utils?|Helpers?|Base|Info|Data)");
    private static final Pattern MANAGES = Pattern.compile(".*Managers?");
    private static final Pattern MANAGERS_OF_THE_FIELD = Pattern.compile(".*(Job|Task|Resource)Manager");

    /** Names that users know from the DataStream API, which ours keeps. */
    private static final Set<String> KNOWN_FROM_THE_FIELD =
            Set.of("io.millrace.api.functions.JobInfo", "io.millrace.api.functions.TaskInfo");

    private StyleRules() {}

    static ArchRule namesSayWhatATypeIs(Tree tree) {
        return noClasses()
                .that(areOurs(tree))
                .should(new BeNamedVaguely())
                .as("no Impl, Util, Helper, Base, Info, Data; only the three managers of the field");
    }

    static ArchRule everyPackageIsNullMarked(Tree tree) {
        return classes()
                .that(areOurs(tree))
                .should(new ResideInANullMarkedPackage())
                .as("every package is @NullMarked");
    }

    private static DescribedPredicate<JavaClass> areOurs(Tree tree) {
        return resideInAPackage(tree.everything())
                .and(DescribedPredicate.not(resideInAPackage(tree.below("proto"))))
                .as("classes written by hand");
    }

    private static final class BeNamedVaguely extends ArchCondition<JavaClass> {
        BeNamedVaguely() {
            super("have a name that says nothing");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            String name = type.getSimpleName();
            boolean manages = MANAGES.matcher(name).matches()
                    && !MANAGERS_OF_THE_FIELD.matcher(name).matches();
            boolean vague = manages || SAYS_NOTHING.matcher(name).matches();
            events.add(new SimpleConditionEvent(
                    type, vague && !KNOWN_FROM_THE_FIELD.contains(type.getName()), type.getName()));
        }
    }

    private static final class ResideInANullMarkedPackage extends ArchCondition<JavaClass> {
        ResideInANullMarkedPackage() {
            super("reside in a package with a package-info.java annotated @NullMarked");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(
                    type,
                    marked,
                    type.getName() + " is in a package " + (marked ? "with" : "without") + " @NullMarked"));
        }
    }
}
