package io.millrace.taskmanager.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.Types;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.JobId;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NetworkChannelTest {
    private static final ChannelId ID = new ChannelId(new JobId(1, 2), 3, 4, 5, 6);

    private final Brake brake = new Brake();
    private final OperatorScope scope = new OperatorScope("Map", "Job.java:7", 0, 2, brake);

    @SuppressWarnings("unchecked")
    private static TypeSerializer<Object> serializer(TypeInformation<?> type) {
        return (TypeSerializer<Object>)
                SerializerFactory.create().serializer(type, NetworkChannelTest.class.getClassLoader());
    }

    private NetworkOutputChannel output(ByteLane lane, TypeInformation<?> type) {
        return new NetworkOutputChannel(brake, lane.sender(), serializer(type), scope);
    }

    private NetworkInputChannel input(ByteLane lane, TypeInformation<?> type) {
        return new NetworkInputChannel(lane.receiver(), ID, serializer(type), scope);
    }

    /** Everything that can be read now, as text: {@code value@timestamp}, or the name of a control element. */
    private static List<String> read(InputChannel channel) {
        List<String> all = new ArrayList<>();
        ElementBatch batch;
        while ((batch = channel.poll()) != null) {
            int controls = 0;
            for (int i = 0; i < batch.size(); i++) {
                long[] timestamps = batch.timestamps();
                long timestamp = timestamps == null ? Output.NO_TIMESTAMP : timestamps[i];
                controls += batch.values()[i] instanceof Control ? 1 : 0;
                all.add(batch.values()[i] + (timestamp == Output.NO_TIMESTAMP ? "" : "@" + timestamp));
            }
            assertThat(batch.controls()).isEqualTo(controls);
        }
        return all;
    }

    @Property(tries = 500)
    void everyElementArrivesInOrderWhateverTheFrameSizeAndTheCredit(
            @ForAll @IntRange(min = 64, max = 400) int frameBytes, @ForAll long seed) {
        Random random = new Random(seed);
        ByteLane lane = new ByteLane(frameBytes, random.nextInt(3));
        NetworkOutputChannel output = output(lane, Types.STRING);
        NetworkInputChannel input = input(lane, Types.STRING);
        List<String> expected = new ArrayList<>();
        List<String> read = new ArrayList<>();
        long records = 0;

        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    String value = "x".repeat(random.nextInt(random.nextInt(8) == 0 ? 900 : 40));
                    long timestamp = random.nextBoolean() ? Output.NO_TIMESTAMP : random.nextInt(1_000);
                    output.element(value, timestamp);
                    records++;
                    expected.add(value + (timestamp == Output.NO_TIMESTAMP ? "" : "@" + timestamp));
                }
                case 2 -> {
                    output.control(Control.WATERMARK, step);
                    expected.add("WATERMARK@" + step);
                }
                case 3 -> lane.giveCredit(random.nextInt(3));
                case 4 -> output.flush();
                default -> read.addAll(read(input));
            }
            // Beyond one frame the brake is on, unless credit is left.
            assertThat(brake.isOutputBlocked()).isEqualTo(output.isBlocked());
        }
        lane.giveCredit(1_000);
        output.drain();
        output.flush();
        read.addAll(read(input));

        assertThat(read).isEqualTo(expected);
        assertThat(output.isEmpty()).isTrue();
        assertThat(output.isBlocked()).isFalse();
        assertThat(brake.isOn()).isFalse();
        assertThat(output.records()).isEqualTo(records);
        assertThat(output.bytes()).isEqualTo(lane.sent().length).isEqualTo(input.bytes());
        assertThat(lane.lentFrames()).isZero();
    }

    @Test
    void framesAreCutBetweenElementsWhileThereIsCredit() {
        ByteLane lane = new ByteLane(64, 100);
        NetworkOutputChannel output = output(lane, Types.LONG);

        for (long i = 0; i < 50; i++) {
            output.element(i, Output.NO_TIMESTAMP);
        }
        output.flush();

        // Twelve bytes each: five to a frame of 64.
        assertThat(lane.waitingFrames()).isEqualTo(10);
    }

    @Test
    void withoutCreditOneFrameStaysStagedAndMoreThanThatBrakes() {
        ByteLane lane = new ByteLane(64, 0);
        NetworkOutputChannel output = output(lane, Types.LONG);

        for (long i = 0; i < 5; i++) {
            output.element(i, Output.NO_TIMESTAMP);
        }
        assertThat(brake.isOn()).isFalse();
        output.element(5L, Output.NO_TIMESTAMP);
        assertThat(brake.isOn()).isTrue();
        lane.giveCredit(1);
        assertThat(output.drain()).isTrue();
        assertThat(brake.isOn()).isFalse();
    }

    private static ByteLane laneWith(int... bytes) {
        ByteLane lane = new ByteLane(64, 10);
        byte[] frame = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            frame[i] = (byte) bytes[i];
        }
        lane.inject(frame);
        return lane;
    }

    private void assertRefused(ByteLane lane, TypeInformation<?> type, String code) {
        assertThatThrownBy(() -> read(input(lane, type))).isInstanceOfSatisfying(MillraceException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.problem().where()).contains("Map", "Job.java:7");
            assertThat(failure.getMessage()).contains(ID.toString());
        });
        assertThat(brake.failure()).isNotNull();
    }

    @Test
    void anUnknownKindIsRefusedNamingTheChannel() {
        assertRefused(laneWith(0, 0, 0, 0), Types.LONG, "RECORD_NOT_READABLE");
    }

    @Test
    void aWatermarkOfTheWrongSizeIsRefused() {
        assertRefused(laneWith(1, 0, 0, 0x30, 9), Types.LONG, "RECORD_NOT_READABLE");
    }

    @Test
    void aTimestampedRecordWithoutRoomForItsTimestampIsRefused() {
        assertRefused(laneWith(3, 0, 0, 0x20, 1, 2, 3), Types.LONG, "RECORD_NOT_READABLE");
    }

    @Test
    void aRecordThatIsCutShortIsRefused() {
        assertRefused(laneWith(2, 0, 0, 0x10, 1, 2), Types.LONG, "RECORD_NOT_READABLE");
    }

    @Test
    void aSerializerThatLeavesBytesUnreadIsNamed() {
        assertRefused(laneWith(9, 0, 0, 0x10, 1, 2, 3, 4, 5, 6, 7, 8, 9), Types.LONG, "SERIALIZER_MISMATCH");
    }

    @Property(tries = 1_000)
    void randomBytesEitherReadOrFailWithACode(@ForAll byte[] bytes) {
        ByteLane lane = new ByteLane(64, 10);
        if (bytes.length > 0) {
            lane.inject(bytes);
        }
        try {
            read(input(lane, Types.STRING));
        } catch (MillraceException refused) {
            assertThat(refused.code()).isIn("RECORD_NOT_READABLE", "SERIALIZER_MISMATCH");
        }
    }

    @Test
    void aHeaderThatPromisesMuchAllocatesLittle() {
        ByteLane lane = laneWith(0xFF, 0xFF, 0xFF, 0x1F, 1, 2, 3);
        NetworkInputChannel input = input(lane, Types.STRING);

        assertThat(read(input)).isEmpty();
        assertThat(lane.lentFrames()).isZero();
    }

    @Test
    void anElementThatItsSerializerRefusesFailsTheTaskWithItsOperator() {
        TypeSerializer<Object> refusing = new TypeSerializer<>() {
            @Override
            public boolean isImmutableType() {
                return true;
            }

            @Override
            public Object copy(Object value) {
                return value;
            }

            @Override
            public void serialize(Object value, BinaryWriter out) {
                throw new IllegalArgumentException("not today");
            }

            @Override
            public Object deserialize(BinaryReader in) {
                throw new AssertionError("nothing was written");
            }
        };
        ByteLane lane = new ByteLane(64, 1);
        NetworkOutputChannel output = new NetworkOutputChannel(brake, lane.sender(), refusing, scope);

        assertThatThrownBy(() -> output.element("x", 1)).isInstanceOfSatisfying(MillraceException.class, failure -> {
            assertThat(failure.code()).isEqualTo("RECORD_NOT_WRITABLE");
            assertThat(failure.problem().why()).contains("not today");
        });
    }

    @Test
    void userCodeIsMadeToWaitAfterAMebibyteWithoutRoom() {
        ByteLane lane = new ByteLane(1 << 15, 0);
        NetworkOutputChannel output = output(lane, Types.STRING);
        List<Integer> waited = new ArrayList<>();
        int[] emitted = {0};
        brake.setRelief(() -> {
            waited.add(emitted[0]);
            lane.giveCredit(1_000);
            assertThat(output.drain()).isTrue();
        });

        for (; emitted[0] < 2_500; emitted[0]++) {
            output.element("x".repeat(1_000), Output.NO_TIMESTAMP);
            assertThat(brake.isOn()).isEqualTo(waited.isEmpty() && emitted[0] >= 32);
        }

        assertThat(waited).singleElement().satisfies(at -> assertThat(at).isBetween(1_000, 1_100));
    }
}
