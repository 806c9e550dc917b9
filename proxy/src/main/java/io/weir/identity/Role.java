package io.weir.identity;

/** What a person is accredited to do. Roles come from the policy, never from the client. */
public enum Role {
    ANALYST,
    CHECKER,
    EXPERT,
    OPERATOR,
    AUDITOR,
    LINKAGE
}
