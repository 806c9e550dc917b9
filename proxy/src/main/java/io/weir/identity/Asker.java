package io.weir.identity;

import java.util.Set;

/**
 * Who asks a question and under which agreement: fixed when a session opens, re-checked against the policy at every statement.
 *
 * @param person the authenticated account
 * @param project the project (database) connected to
 * @param agreement id of the agreement in force
 * @param organisation id of the person's organisation
 * @param purpose code from the agreed vocabulary
 * @param roles roles held in the policy
 * @param session correlation id of the session, for the audit log
 */
public record Asker(
        PersonId person,
        ProjectId project,
        String agreement,
        String organisation,
        String purpose,
        Set<Role> roles,
        String session) {
    public Asker {
        roles = Set.copyOf(roles);
    }
}
