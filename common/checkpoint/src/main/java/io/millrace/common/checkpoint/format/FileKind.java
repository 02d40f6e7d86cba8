package io.millrace.common.checkpoint.format;

/** What a file of a checkpoint holds. */
enum FileKind {
    SEGMENT(1),
    MANIFEST(2);

    private final int code;

    FileKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
