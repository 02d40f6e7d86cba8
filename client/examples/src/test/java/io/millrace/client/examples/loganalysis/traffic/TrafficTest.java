package io.millrace.client.examples.loganalysis.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.options.RuleSet;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reference.ReferenceModel;
import io.millrace.client.examples.loganalysis.reference.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final long START = TrafficPlan.DEFAULT_START_SECONDS;
    private static final int TWO_DAYS = 2 * 86_400;

    /** The demo's traffic: two days in 20 s at 1,000 lines a second. */
    private static final TrafficPlan DEMO = new TrafficPlan(1, START, 20_000.0 / TWO_DAYS);

    private static final List<String> DEMO_OUTPUT = expected(DEMO, 20_000);

    @Test
    void equalPlansGiveEqualLinesAndOtherSeedsOthers() {
        assertThat(lines(DEMO, 2_000)).isEqualTo(lines(new TrafficPlan(1, START, DEMO.eventsPerSecond()), 2_000));
        assertThat(lines(DEMO, 2_000)).isNotEqualTo(lines(new TrafficPlan(2, START, DEMO.eventsPerSecond()), 2_000));
    }

    @Test
    void everyActionAndManyUsersAppear() {
        Map<String, Integer> actions = new HashMap<>();
        Set<String> users = new HashSet<>();
        for (long i = 0; i < 20_000; i++) {
            LogEvent event = new TrafficGenerator(DEMO).event(i);
            actions.merge(event.action(), 1, Integer::sum);
            users.add(event.userId());
        }
        assertThat(actions)
                .containsOnlyKeys("login_success", "login", "logout", "view", "purchase", "download", "login_failed");
        assertThat(actions.values()).allMatch(count -> count > 100);
        assertThat(users).hasSizeGreaterThan(200);
    }

    @Test
    void twoDaysShowEveryKindOfLineAndAlertsAreRare() {
        for (String type : List.of("security_alert", "anomaly_alert", "user_metrics", "late", "rejected")) {
            assertThat(DEMO_OUTPUT).as(type).anyMatch(line -> line.startsWith("{\"type\":\"" + type + "\""));
        }
        long alerts =
                DEMO_OUTPUT.stream().filter(line -> line.contains("_alert\"")).count();
        assertThat(alerts).as("alerts are rare").isLessThan(20_000 / 20);
    }

    @Test
    void lateAndBrokenLinesAreExactlyThePlannedOnes() {
        TrafficGenerator generator = new TrafficGenerator(DEMO);
        long late = LongStream.range(0, 20_000)
                .filter(i -> generator.isLate(i) && !generator.isBroken(i))
                .count();
        long broken = LongStream.range(0, 20_000).filter(generator::isBroken).count();
        assertThat(DEMO_OUTPUT.stream().filter(line -> line.contains("\"type\":\"late\"")))
                .hasSize((int) late);
        assertThat(DEMO_OUTPUT.stream().filter(line -> line.contains("\"type\":\"rejected\"")))
                .hasSize((int) broken);
        assertThat(late).isBetween(1L, 40L);
        assertThat(broken).isBetween(1L, 40L);
    }

    @Test
    void twoThinDaysStillShowBothKindsOfAlert() {
        List<String> expected = expected(new TrafficPlan(1, START, 4_000.0 / TWO_DAYS), 4_000);
        assertThat(expected).anyMatch(line -> line.contains("security_alert"));
        assertThat(expected).anyMatch(line -> line.contains("anomaly_alert"));
    }

    @Test
    void failuresAlertWhenTheyComeFastAndNotWhenTheyComeSlowly() {
        TrafficGenerator generator = new TrafficGenerator(DEMO);
        Map<String, List<Long>> sessions = new HashMap<>();
        Map<String, String> users = new HashMap<>();
        for (long i = 0; i < 20_000; i++) {
            LogEvent event = generator.event(i);
            boolean counts = event.action().equals("login_failed") && !generator.isLate(i) && !generator.isBroken(i);
            if (counts) {
                sessions.computeIfAbsent(event.sessionId(), id -> new ArrayList<>())
                        .add(event.timestamp());
                users.put(event.sessionId(), event.userId());
            }
        }
        Set<String> attacked = new HashSet<>();
        int slow = 0;
        for (Map.Entry<String, List<Long>> session : sessions.entrySet()) {
            List<Long> times = session.getValue();
            boolean fast =
                    LongStream.range(4, times.size()).anyMatch(i -> times.get((int) i) - times.get((int) i - 4) <= 300);
            if (fast) {
                attacked.add(users.get(session.getKey()));
            } else if (times.size() >= 5) {
                slow++;
            }
        }
        assertThat(slow).as("slow attacks").isPositive();
        Set<String> alerted = new HashSet<>();
        for (String line : DEMO_OUTPUT) {
            if (line.contains("security_alert")) {
                alerted.add(line.replaceAll(".*\"user_id\":\"([^\"]*)\".*", "$1"));
            }
        }
        assertThat(alerted).isNotEmpty().isEqualTo(attacked);
    }

    @Property(tries = 200)
    void allSplitsTogetherAreAllLinesInAscendingOrder(
            @ForAll @IntRange(min = 1, max = 50) int lanes,
            @ForAll @IntRange(min = 1, max = 60) int splits,
            @ForAll @LongRange(min = 0, max = 1_000) long total) {
        List<Long> all = new ArrayList<>();
        for (int k = 0; k < splits; k++) {
            TrafficSplit split = new TrafficSplit(lanes, k, splits);
            long before = -1;
            for (long position = 0; position < split.size(total); position++) {
                long index = split.index(position);
                assertThat(index).isGreaterThan(before);
                before = index;
                all.add(index);
            }
        }
        assertThat(all.stream().sorted())
                .containsExactlyElementsOf(LongStream.range(0, total).boxed().toList());
    }

    @Property(tries = 50)
    void timeAscendsButForBoundedDisorderAndPlannedLateness(
            @ForAll @DoubleRange(min = 0.02, max = 5_000) double eventsPerSecond,
            @ForAll @IntRange(min = 1, max = 4) int splits,
            @ForAll long seed) {
        TrafficPlan plan = new TrafficPlan(seed, START, eventsPerSecond);
        TrafficGenerator generator = new TrafficGenerator(plan);
        for (int k = 0; k < Math.min(splits, plan.lanes()); k++) {
            TrafficSplit split = new TrafficSplit(plan.lanes(), k, splits);
            long max = START;
            for (long position = 0; position < 2_000; position++) {
                long index = split.index(position);
                long time = generator.event(index).timestamp();
                if (generator.isLate(index)) {
                    assertThat(time).isLessThan(max - 10);
                } else {
                    assertThat(time).isGreaterThanOrEqualTo(max - TrafficPlan.MAX_DISORDER_SECONDS);
                }
                max = Math.max(max, time);
            }
        }
    }

    @Test
    void aUserIsInOneSplitOnly() {
        TrafficPlan plan = new TrafficPlan(1, START, 10);
        TrafficGenerator generator = new TrafficGenerator(plan);
        Map<String, Set<Integer>> splitsOf = new HashMap<>();
        for (int k = 0; k < 3; k++) {
            TrafficSplit split = new TrafficSplit(plan.lanes(), k, 3);
            for (long position = 0; position < 20_000; position++) {
                String user = generator.event(split.index(position)).userId();
                splitsOf.computeIfAbsent(user, name -> new HashSet<>()).add(k);
            }
        }
        assertThat(splitsOf.values()).allMatch(splits -> splits.size() == 1);
        assertThat(Set.copyOf(splitsOf.values())).hasSize(3);
    }

    @Test
    void theTutorialsTrafficIsEvenAndRepeatable() {
        TutorialTraffic traffic = new TutorialTraffic(3);
        Map<String, Integer> drawn = new HashMap<>();
        for (int i = 0; i < 60_000; i++) {
            LogEvent event = traffic.event(i, 99);
            int session = Integer.parseInt(event.sessionId().substring("session_".length()));
            boolean asTheTutorial = event.equals(new TutorialTraffic(3).event(i, 99))
                    && event.timestamp() == 99
                    && event.userAgent().equals("Mozilla/5.0 (Test Browser)")
                    && event.metadata().equals("{}")
                    && session >= 1000
                    && session <= 9999;
            if (!asTheTutorial) {
                throw new AssertionError("not an event of the tutorial: " + event);
            }
            drawn.merge(event.userId(), 1, Integer::sum);
            drawn.merge(event.action(), 1, Integer::sum);
            drawn.merge(event.ipAddress(), 1, Integer::sum);
        }
        for (String user : List.of("user1", "user2", "user3", "user4", "user5")) {
            assertThat(drawn.remove(user)).isBetween(11_500, 12_500);
        }
        for (String action : List.of("login", "logout", "view", "purchase", "download", "login_failed")) {
            assertThat(drawn.remove(action)).isBetween(9_600, 10_400);
        }
        for (String address : List.of("192.168.1.1", "192.168.1.2", "10.0.0.1", "10.0.0.2")) {
            assertThat(drawn.remove(address)).isBetween(14_500, 15_500);
        }
        assertThat(drawn).isEmpty();
    }

    @Test
    void impossiblePlansAndSplitsAreRefused() {
        assertThatThrownBy(() -> new TrafficPlan(1, 0, 0)).hasMessageContaining("must be positive, found 0.0");
        assertThatThrownBy(() -> new TrafficPlan(1, 0, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new TrafficSplit(5, 2, 2)).hasMessageContaining("no split 2 of 2");
    }

    private static List<String> expected(TrafficPlan plan, int count) {
        return ReferenceModel.expected(
                RuleSet.PRECISE, LogFormat.JSON, 2026, List.of(new SourceText("generator", lines(plan, count))));
    }

    private static List<String> lines(TrafficPlan plan, int count) {
        TrafficGenerator generator = new TrafficGenerator(plan);
        return LongStream.range(0, count).mapToObj(generator::line).toList();
    }
}
