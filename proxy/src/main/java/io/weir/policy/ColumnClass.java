package io.weir.policy;

/** What a column can tell about a person (design/query.md "Words"). */
public enum ColumnClass {
    /** Leaves only as a pseudonym or not at all; never compared with a literal in aggregate mode. */
    IDENTIFIER,
    /** Identifying together: generalised, comparison-controlled. */
    QUASI,
    /** A sensitive or plain value. */
    ATTRIBUTE,
    /** Free text: NULL in every mode. */
    TEXT,
    /** Says nothing about a person. */
    PUBLIC
}
