package io.weir.query.wire;

/** How a value travels: int16 on the wire. */
public enum Format {
    TEXT(0),
    BINARY(1);

    private final int code;

    Format(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static Format ofCode(int code) {
        return switch (code) {
            case 0 -> TEXT;
            case 1 -> BINARY;
            default -> throw new UnsupportedFormatException(code);
        };
    }
}
