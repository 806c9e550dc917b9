package io.weir.policy.load;

import io.weir.policy.Person;

/** Checks what no file can know alone: references, and what fits together. */
final class PolicyRules {
    private final Draft draft;

    PolicyRules(Draft draft) {
        this.draft = draft;
    }

    void check() {
        for (Register.Entry<Person> person : draft.people.entries()) {
            draft.organisations.check(person.value().organisation(), person.section(), "organisation");
            person.value().projects().forEach(project -> draft.projects.check(project, person.section(), "projects"));
        }
        new FamilyRules(draft).check();
        new DatasetRules(draft).check();
        new AgreementRules(draft).check();
    }
}
