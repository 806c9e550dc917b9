package io.weir.disclosure.history;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether two texts may be one value to a source: collations may ignore case, accents, width, and blanks at the end. That they ignore signs is not looked for. Thread-safe. */
public final class SameText {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private SameText() {}

    /** Only ever false when all such collations take them for two: of letters beyond the Latin ones, and of ligatures, that is not known. */
    public static boolean mayBe(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        String first = folded(one);
        String second = folded(other);
        return !isLatin(first) || !isLatin(second) || first.equals(second);
    }

    /** Whether two of these may be one. */
    static boolean mayRepeat(Collection<String> texts) {
        Set<String> folded = new HashSet<>();
        for (String text : texts) {
            String key = folded(text);
            if (!folded.add(key) || !isLatin(key) && texts.size() > 1) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLatin(String folded) {
        return folded.chars().allMatch(c -> c < 128);
    }

    /** Equal for all texts that are of Latin letters and that some collation takes for one. */
    private static String folded(String text) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).stripTrailing();
    }
}
