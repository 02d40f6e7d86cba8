package io.millrace.client.examples.loganalysis.output;

/**
 * Where a line came from.
 *
 * @param source the file, socket or generator
 * @param unit how {@code number} counts
 */
public record LinePosition(String source, Unit unit, long number) {

    /** What positions of a source count; the constant's field is the name of the position in a rejected line. */
    public enum Unit {
        /** Lines of the source, the first is 1. */
        LINE("line"),
        /** Records of the source, the first is 0. */
        OFFSET("offset");

        private final String field;

        Unit(String field) {
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    public static LinePosition line(String source, long number) {
        return new LinePosition(source, Unit.LINE, number);
    }

    public static LinePosition offset(String source, long number) {
        return new LinePosition(source, Unit.OFFSET, number);
    }
}
