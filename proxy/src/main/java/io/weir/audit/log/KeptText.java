package io.weir.audit.log;

import io.weir.audit.format.Disclosure;
import io.weir.audit.format.FormatException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sensitive text as it lies in the vault: whole, in its encoded form, or as {@code salt.path@seq}, which says that the text of that field is that of
 * an earlier record of the same month. The salt is the text's own either way, so is its digest in the leaf.
 *
 * @param disclosure the text with its salt
 * @param encoded its encoded form, which the leaf's digest is over
 */
record KeptText(Disclosure disclosure, String encoded) {
    private static final Pattern REPEATED = Pattern.compile("([A-Za-z0-9_-]{22})\\.([a-z0-9_.]+)@(0|[1-9][0-9]{0,17})");

    static KeptText of(Disclosure disclosure) {
        return new KeptText(disclosure, disclosure.encode());
    }

    /** The line's part that stands for the text where it was kept for an earlier record. */
    String repeating(long earlier) {
        return disclosure.salt() + '.' + disclosure.path() + '@' + earlier;
    }

    /**
     * Reads a part of a line.
     *
     * @param earlier the texts of the lines before
     * @return the text, or nothing when the earlier record's is lost
     */
    static Optional<Disclosure> read(String part, Map<Long, List<Disclosure>> earlier) throws FormatException {
        if (part.indexOf('@') < 0) {
            return Optional.of(Disclosure.parse(part));
        }
        Matcher repeated = REPEATED.matcher(part);
        if (!repeated.matches()) {
            throw new FormatException("not a text kept earlier");
        }
        String path = repeated.group(2);
        return earlier.getOrDefault(Long.valueOf(repeated.group(3)), List.of()).stream()
                .filter(text -> text.path().equals(path))
                .map(text -> new Disclosure(repeated.group(1), path, text.value()))
                .findFirst();
    }

    /** Without the text. */
    @Override
    public String toString() {
        return disclosure.toString();
    }
}
