package io.weir.query.govern.plan;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a value that may not be told. It is not NULL, and nothing can be computed from it. Prints no reason.
 *
 * @param reasons rule names, for checkers only
 */
public record Hidden(Set<String> reasons) {
    public Hidden {
        reasons = Set.copyOf(reasons);
    }

    /** Hidden if one of the values is: with the reasons of all that are; else null. */
    public static @Nullable Hidden anyOf(@Nullable Object... values) {
        Hidden hidden = null;
        for (Object value : values) {
            if (value instanceof Hidden other) {
                if (hidden == null) {
                    hidden = other;
                } else if (!hidden.equals(other)) {
                    TreeSet<String> both = new TreeSet<>(hidden.reasons());
                    both.addAll(other.reasons());
                    hidden = new Hidden(both);
                }
            }
        }
        return hidden;
    }

    @Override
    public String toString() {
        return "Hidden";
    }
}
