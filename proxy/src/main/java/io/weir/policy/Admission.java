package io.weir.policy;

import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.problem.Outcome;

/** Decides whether an authenticated person may work in a project now: membership, training, role, an agreement in force. */
public interface Admission {
    /**
     * @param database the project name as the client wrote it
     * @param session correlation id
     */
    Outcome<Asker> admit(PersonId person, String database, String session);

    /** The same question again with the policy of this moment; asked before every statement. */
    Outcome<Asker> renew(Asker asker);
}
