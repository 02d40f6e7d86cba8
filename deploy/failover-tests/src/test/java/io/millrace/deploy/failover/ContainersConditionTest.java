package io.millrace.deploy.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContainersConditionTest {

    @Test
    void testsRunWhereNothingIsMissing() {
        assertThat(ContainersCondition.decide(false, Optional.empty(), "a test").isDisabled())
                .isFalse();
        assertThat(ContainersCondition.decide(true, Optional.empty(), "a test").isDisabled())
                .isFalse();
    }

    @Test
    void testsAreSkippedWithAReasonWhereSomethingIsMissing() {
        assertThat(ContainersCondition.decide(false, Optional.of("no engine"), "a test"))
                .matches(result -> result.isDisabled())
                .matches(result -> result.getReason().equals(Optional.of("no engine")));
    }

    @Test
    void whatIsMissingIsAFailureWhereTestsAreRequired() {
        assertThatThrownBy(() -> ContainersCondition.decide(true, Optional.of("no engine"), "a test"))
                .hasMessage("a test must run, but no engine");
    }
}
