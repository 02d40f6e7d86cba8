package io.millrace.taskmanager.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.taskmanager.runtime.stream.Barrier;
import org.junit.jupiter.api.Test;

/** When a barrier is aligned, and which channels are held until then. */
class BarrierAlignerTest {
    private final BarrierAligner aligner = new BarrierAligner(3, true);

    @Test
    void aChannelIsHeldUntilAllHaveBroughtTheBarrier() {
        aligner.arrived(1, 7);
        assertThat(aligner.isPending()).isTrue();
        assertThat(aligner.isAligned()).isFalse();
        assertThat(aligner.holds(0)).isFalse();
        assertThat(aligner.holds(1)).isTrue();
        aligner.arrived(0, 7);
        aligner.arrived(2, 7);
        assertThat(aligner.isAligned()).isTrue();

        assertThat(aligner.release()).isEqualTo(7);
        assertThat(aligner.isPending()).isFalse();
        assertThat(aligner.holds(1)).isFalse();
    }

    @Test
    void aChannelAtItsEndIsNotWaitedFor() {
        aligner.ended(0);
        aligner.arrived(1, 1);
        aligner.ended(2);
        assertThat(aligner.isAligned()).isTrue();
        assertThat(aligner.release()).isEqualTo(1);

        aligner.arrived(1, 2);
        assertThat(aligner.isAligned()).isTrue();
    }

    @Test
    void aLaterBarrierGivesUpTheOneItOvertakes() {
        aligner.arrived(0, 4);
        aligner.arrived(1, 5);
        assertThat(aligner.holds(0)).isFalse();
        assertThat(aligner.holds(1)).isTrue();
        aligner.arrived(2, 4);
        assertThat(aligner.holds(2)).isFalse();
        aligner.arrived(0, 5);
        aligner.arrived(2, 5);
        assertThat(aligner.release()).isEqualTo(5);
    }

    @Test
    void whatWasGivenUpIsNotBegunAgain() {
        aligner.arrived(0, code(4));
        aligner.giveUp(4);
        assertThat(aligner.isPending()).isFalse();
        assertThat(aligner.holds(0)).isFalse();
        aligner.arrived(1, code(4));
        assertThat(aligner.isPending()).isFalse();
        aligner.arrived(1, code(5));
        assertThat(aligner.holds(1)).isTrue();
    }

    @Test
    void givingUpAnEarlierOneLeavesTheLaterAlone() {
        aligner.arrived(0, code(6));
        aligner.giveUp(5);
        assertThat(aligner.holds(0)).isTrue();
    }

    @Test
    void announcedBarriersAreAlignedInOrderWhereNoChannelIsLeft() {
        aligner.ended(0);
        aligner.ended(1);
        aligner.announced(3);
        aligner.announced(4);
        assertThat(aligner.isPending()).isFalse();
        aligner.ended(2);
        assertThat(aligner.isAligned()).isTrue();
        assertThat(aligner.release()).isEqualTo(3);
        assertThat(aligner.isAligned()).isTrue();
        assertThat(aligner.release()).isEqualTo(4);
        assertThat(aligner.isAligned()).isFalse();
    }

    /** Had it begun the later one, it would have skipped the earlier, for which others may hold their channels. */
    @Test
    void anAnnouncementDoesNotSkipABarrierThatIsStillUnderWay() {
        aligner.announced(6);
        aligner.announced(7);
        aligner.arrived(0, 6);
        assertThat(aligner.holds(0)).isTrue();
        aligner.arrived(1, 6);
        aligner.arrived(2, 6);
        assertThat(aligner.release()).isEqualTo(6);
        assertThat(aligner.isPending()).isFalse();
    }

    @Test
    void whatWasGivenUpIsNotAnnouncedEither() {
        aligner.announced(code(1));
        aligner.announced(code(2));
        aligner.giveUp(1);
        aligner.ended(0);
        aligner.ended(1);
        aligner.ended(2);
        assertThat(aligner.release()).isEqualTo(code(2));
    }

    @Test
    void whatPassedIsNotAnnouncedAgain() {
        aligner.announced(2);
        aligner.arrived(0, 2);
        aligner.arrived(1, 2);
        aligner.arrived(2, 2);
        assertThat(aligner.release()).isEqualTo(2);
        aligner.announced(2);
        aligner.announced(1);
        assertThat(aligner.isPending()).isFalse();
    }

    @Test
    void atLeastOnceHoldsNoChannelAndLetsEveryBarrierPassInOrder() {
        BarrierAligner counting = new BarrierAligner(2, false);
        counting.arrived(0, 1);
        counting.arrived(0, 2);
        assertThat(counting.holds(0)).isFalse();
        assertThat(counting.isAligned()).isFalse();
        counting.arrived(1, 1);
        assertThat(counting.release()).isEqualTo(1);
        assertThat(counting.isAligned()).isFalse();
        counting.arrived(1, 2);
        assertThat(counting.release()).isEqualTo(2);
        assertThat(counting.isPending()).isFalse();
    }

    @Test
    void aChannelThatLeftABarrierOutIsNotWaitedForInVain() {
        BarrierAligner counting = new BarrierAligner(2, false);
        counting.arrived(0, 1);
        counting.arrived(1, 2);
        assertThat(counting.isAligned()).isFalse();
        counting.arrived(0, 2);
        assertThat(counting.release()).isEqualTo(2);
    }

    /** The earlier one is another checkpoint's, which nobody has given up. */
    @Test
    void givingUpALaterOneLeavesTheEarlierAlone() {
        aligner.arrived(0, code(5));
        aligner.arrived(1, code(5));
        aligner.giveUp(6);
        aligner.arrived(0, code(6));
        assertThat(aligner.holds(0)).isTrue();
        aligner.arrived(2, code(5));
        assertThat(aligner.release()).isEqualTo(code(5));
        aligner.arrived(1, code(6));
        assertThat(aligner.isPending()).isFalse();
        aligner.arrived(1, code(7));
        assertThat(aligner.holds(1)).isTrue();
    }

    private static long code(long checkpoint) {
        return new Barrier(checkpoint, CheckpointKind.CHECKPOINT).code();
    }
}
