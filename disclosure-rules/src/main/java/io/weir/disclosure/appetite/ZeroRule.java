package io.weir.disclosure.appetite;

/** What a publisher does with a count of zero. */
public enum ZeroRule {
    /** Zero is published as zero. */
    SHOWN,
    /** Zero is hidden like a small count, and so is an arm that covers its whole cell (class disclosure). */
    HIDDEN
}
