package io.weir.disclosure.history;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether two texts may be one value to a source: collations may ignore case, accents, width, and blanks at the end. */
final class SameText {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private SameText() {}

    static boolean mayBe(String one, String other) {
        return one.equals(other) || folded(one).equals(folded(other));
    }

    /** Equal for all texts that some collation takes for one. */
    static String folded(String text) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).stripTrailing();
    }
}
