package io.weir.release.request;

import java.util.Locale;

/** What a checker can say. One rejection or one call for changes ends the review; approvals are counted. */
public enum Ballot {
    APPROVE,
    REJECT,
    REQUEST_CHANGES;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Ballot ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
