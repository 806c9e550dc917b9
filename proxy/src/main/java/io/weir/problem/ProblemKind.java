package io.weir.problem;

/** Whose problem it is: decides who is told what, and which counter rises. */
public enum ProblemKind {
    /** The statement asks for something that its author can put differently. */
    ANALYST,
    /** The policy does not grant it: an agreement, a grant, a role or a profile says no. */
    POLICY,
    /** A limit of this installation: too many, too large, too long. */
    CAPACITY,
    /** A database or store that Weir needs does not answer as it should. */
    SOURCE,
    /** Weir itself failed; the correlation id leads to the cause in the log. */
    INTERNAL
}
