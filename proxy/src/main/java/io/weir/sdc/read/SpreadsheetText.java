package io.weir.sdc.read;

/**
 * Texts that a spreadsheet would take for a formula (OWASP, CSV injection) get an apostrophe in front where they are written, and lose it where they are
 * read.
 */
public final class SpreadsheetText {
    private static final String FORMULA = "=+-@";

    private SpreadsheetText() {}

    /** Safe to open in a spreadsheet. */
    public static String guarded(String text) {
        String visible = text.stripLeading();
        boolean formula = !visible.isEmpty() && FORMULA.indexOf(visible.charAt(0)) >= 0;
        boolean quoted = text.startsWith("'") && !unguarded(text).equals(text);
        return formula || quoted ? "'" + text : text;
    }

    /** What was guarded. */
    static String unguarded(String text) {
        boolean guarded = text.startsWith("'")
                && text.length() > 1
                && (FORMULA.indexOf(text.substring(1).stripLeading().concat(" ").charAt(0)) >= 0
                        || text.startsWith("''"));
        return guarded ? text.substring(1) : text;
    }
}
