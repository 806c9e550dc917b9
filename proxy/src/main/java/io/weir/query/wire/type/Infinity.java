package io.weir.query.wire.type;

import io.weir.query.wire.MessageOutput;

/**
 * The days and moments before and after all others, which a source may hold as "unknown" or "still open" (PostgreSQL 16, 8.5.1.4). Values
 * carry them as the least and the greatest of their class.
 */
enum Infinity {
    NONE,
    NEGATIVE,
    POSITIVE;

    static <T> Infinity of(T value, T least, T greatest) {
        if (value.equals(greatest)) {
            return POSITIVE;
        }
        return value.equals(least) ? NEGATIVE : NONE;
    }

    /** Writes its word. Returns whether there is one. */
    boolean writeText(MessageOutput out) {
        switch (this) {
            case POSITIVE -> out.text("infinity");
            case NEGATIVE -> out.text("-infinity");
            case NONE -> {
                return false;
            }
        }
        return true;
    }
}
