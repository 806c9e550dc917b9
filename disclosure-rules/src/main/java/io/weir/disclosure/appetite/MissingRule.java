package io.weir.disclosure.appetite;

/** What is done about people whose value is not known. A missing group key is a key like any other, whatever the rule. Strictest last. */
public enum MissingRule {
    /** They are not looked at, beyond what the complement check says of everybody who does not contribute. */
    NOT_CHECKED,
    /** They are a class of their own: one to k-1 of them are too few. */
    OWN_CLASS,
    /** A person looks at every cell that has some. */
    REVIEWED
}
