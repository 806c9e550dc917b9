package io.weir.release.request;

import java.util.Locale;

/** Where a request stands. The label is stored, shown and stable. */
public enum RequestState {
    SUBMITTED(StateOwner.CHECKERS, "Frozen and waiting for the first checker."),
    PARTIALLY_REVIEWED(StateOwner.CHECKERS, "At least one checker approved; more are required."),
    APPROVED(
            StateOwner.WEIR,
            "Enough distinct checkers approved exactly this case: content, words and destination; not yet sealed."),
    SEALED(StateOwner.WEIR, "Bundled and encrypted to the destination's recipient; delivery is under way."),
    DELIVERED(StateOwner.NOBODY, "Verified at the destination. Final."),
    RETURNED(StateOwner.AUTHOR, "Changes are needed, as a public comment says; ask again with a new request."),
    REJECTED(StateOwner.NOBODY, "A checker refused the release. Final."),
    WITHDRAWN(StateOwner.NOBODY, "The author took the request back. Final."),
    FAILED(StateOwner.OPERATORS, "Sealing or delivery stopped; the reason is shown. An operator may resume it.");

    private final StateOwner owner;
    private final String meaning;

    RequestState(StateOwner owner, String meaning) {
        this.owner = owner;
        this.meaning = meaning;
    }

    /** Lower-case name as stored and shown. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a label. */
    public static RequestState ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    public StateOwner owner() {
        return owner;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** Whether people have decided, so that public comments may be shown to the author. */
    public boolean decided() {
        return this != SUBMITTED && this != PARTIALLY_REVIEWED;
    }
}
