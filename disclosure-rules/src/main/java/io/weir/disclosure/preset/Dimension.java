package io.weir.disclosure.preset;

/** What publishers' rules differ in. */
public enum Dimension {
    THRESHOLD("threshold"),
    ZEROS("zeros"),
    MARKER("marker"),
    ROUNDING_BASE("rounding base"),
    ROUNDING_MODE("rounding mode"),
    GEOGRAPHY("geography"),
    DERIVED_STATISTICS("derived statistics");

    private final String words;

    Dimension(String words) {
        this.words = words;
    }

    /** For messages. */
    public String words() {
        return words;
    }
}
