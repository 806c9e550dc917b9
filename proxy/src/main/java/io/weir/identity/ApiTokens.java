package io.weir.identity;

import java.util.Optional;

/** Whose a bearer token is. Blocks; throws {@link io.weir.problem.ProblemException} when the store does not answer. */
public interface ApiTokens {
    /** The person of a token that is known, not revoked and not expired. */
    Optional<PersonId> personOf(ApiToken token);
}
