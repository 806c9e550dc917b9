package io.weir.query.parse;

import java.util.Arrays;
import java.util.List;

/**
 * A statement in the dialect of the generated parser: one token a line, every identifier quoted, special syntax of functions turned into
 * plain calls. Lines lead back to the caller's text.
 *
 * @param text for the generated parser
 * @param offsets for each line (from line 1 at index 0), the 0-based offset in the caller's statement
 * @param parameters for each {@code ?} in order, the number of the parameter it stands for
 */
record CanonicalText(String text, int[] offsets, List<Integer> parameters) {
    CanonicalText {
        offsets = offsets.clone();
        parameters = List.copyOf(parameters);
    }

    /** 1-based position in the caller's statement, 0 when unknown. */
    int position(int line) {
        return line >= 1 && line <= offsets.length ? offsets[line - 1] + 1 : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CanonicalText that
                && text.equals(that.text)
                && Arrays.equals(offsets, that.offsets)
                && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
