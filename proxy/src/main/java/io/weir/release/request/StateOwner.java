package io.weir.release.request;

/** Whose turn it is. */
public enum StateOwner {
    AUTHOR("the author"),
    CHECKERS("the checkers"),
    OPERATORS("the operators"),
    WEIR("Weir"),
    NOBODY("nobody");

    private final String label;

    StateOwner(String label) {
        this.label = label;
    }

    /** In words, for pages. */
    public String label() {
        return label;
    }
}
