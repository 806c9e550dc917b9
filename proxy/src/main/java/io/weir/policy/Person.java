package io.weir.policy;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.identity.Role;
import java.time.LocalDate;
import java.util.Set;

/**
 * A person known to the policy. Authentication secrets live in the control store, not here.
 *
 * @param id account
 * @param name in words
 * @param organisation organisation id
 * @param roles accredited roles
 * @param projects projects this person works in
 * @param trainedUntil last day on which training is valid; after it the person may do nothing
 */
public record Person(
        PersonId id,
        String name,
        String organisation,
        Set<Role> roles,
        Set<ProjectId> projects,
        LocalDate trainedUntil) {
    public Person {
        roles = Set.copyOf(roles);
        projects = Set.copyOf(projects);
    }
}
