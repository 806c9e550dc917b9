package io.weir.release.request;

import io.weir.identity.PersonId;
import java.time.Instant;
import java.util.Locale;

/** A remark on a request. */
public record Comment(PersonId by, Audience audience, String text, Instant at) {
    /** Longest text, in characters. */
    public static final int LONGEST = 4000;

    /** Who may ever read it. */
    public enum Audience {
        /** The author too, once people have decided. */
        PUBLIC,
        /** Checkers only. */
        PRIVATE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Audience ofLabel(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
