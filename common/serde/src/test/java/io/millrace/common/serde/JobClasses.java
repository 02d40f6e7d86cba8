package io.millrace.common.serde;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the jar of a job brings along in {@link JobClassLoaderTest}. */
final class JobClasses {

    enum Level {
        LOW,
        HIGH
    }

    private record Line(String name, int count, @Nullable Level level) {}

    private record Order(int id, List<Line> lines, Object payload) {}

    private JobClasses() {}

    /** Makes the two records known to the compiler as used. */
    static Object sample() {
        return new Order(1, List.of(new Line("a", 1, Level.LOW)), Level.HIGH);
    }
}
