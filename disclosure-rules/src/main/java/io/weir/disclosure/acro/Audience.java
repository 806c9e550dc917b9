package io.weir.disclosure.acro;

/** Who reads the file. */
public enum Audience {
    /** Output checkers: cells are listed by the rule that hid them. */
    CHECKERS,
    /** Anybody, analysts among them: every hidden cell looks the same, whatever hid it. */
    EVERYBODY
}
