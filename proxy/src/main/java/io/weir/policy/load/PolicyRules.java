package io.weir.policy.load;

/** Checks what no file can know alone: references, and what fits together. */
final class PolicyRules {
    private final Draft draft;

    PolicyRules(Draft draft) {
        this.draft = draft;
    }

    void check() {
        draft.people.entries().forEach(e -> {
            draft.organisations.check(e.value().organisation(), e.section(), "organisation");
        });
    }
}
