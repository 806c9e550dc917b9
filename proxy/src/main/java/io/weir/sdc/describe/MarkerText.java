package io.weir.sdc.describe;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that stand for hidden numbers: which of them can, and which number they name. */
public final class MarkerText {
    private static final String FORMULA = "=+-@";
    private static final Pattern NUMBER = Pattern.compile("[\\d\\s.,:/%eE()$€£+-]*");
    private static final Pattern BELOW =
            Pattern.compile("(?:<|under|below|less than|fewer than)\\s*(\\d{1,6})", Pattern.CASE_INSENSITIVE);
    private static final Pattern AT_MOST =
            Pattern.compile("(?:<=|≤|up to|at most)\\s*(\\d{1,6})", Pattern.CASE_INSENSITIVE);

    private MarkerText() {}

    /** Why a text cannot stand for a hidden number; empty when it can. */
    static Optional<String> fault(String text) {
        if (text.isBlank()) {
            return Optional.of("an empty marker looks like a missing number");
        }
        if (!text.equals(text.strip()) || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("a marker neither begins nor ends with a space, and has no control characters");
        }
        if (FORMULA.indexOf(text.charAt(0)) >= 0) {
            return Optional.of("a spreadsheet takes '" + text + "' for a formula");
        }
        if (text.charAt(0) == '\'') {
            return Optional.of("an apostrophe at the beginning is read as the guard of a formula");
        }
        return hasNumber(text) && NUMBER.matcher(text).matches()
                ? Optional.of("'" + text + "' looks like a number or a date")
                : Optional.empty();
    }

    /** Whether a text has a digit, and so says something of the number that it stands for. */
    static boolean hasNumber(String text) {
        return text.chars().anyMatch(Character::isDigit);
    }

    /** The number that everything marked so lies below: 10 of "&lt;10", "below 10" and "&lt;=9"; empty when the text names none in a way known here. */
    public static OptionalInt below(String text) {
        Matcher below = BELOW.matcher(text);
        if (below.matches()) {
            return OptionalInt.of(Integer.parseInt(below.group(1)));
        }
        Matcher most = AT_MOST.matcher(text);
        return most.matches() ? OptionalInt.of(Integer.parseInt(most.group(1)) + 1) : OptionalInt.empty();
    }
}
