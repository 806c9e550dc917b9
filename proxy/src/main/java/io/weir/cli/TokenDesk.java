package io.weir.cli;

import io.weir.identity.ApiToken;
import io.weir.identity.IssuedToken;
import io.weir.identity.PersonId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Bearer tokens in the control store of an installation, with their audit records. Blocks.
 *
 * <p>Every method throws {@link IOException} when the configuration or a secret cannot be read (the message holds no secret),
 * {@link io.weir.problem.ProblemException} when the store does not answer; those that change something also
 * {@link io.weir.audit.AuditUnavailableException} when the change cannot be recorded: then nothing was changed.
 */
public interface TokenDesk {
    /**
     * @param token shown once
     * @param known whether the policy names the person; a token of somebody unknown opens nothing
     */
    record Issued(ApiToken token, IssuedToken facts, boolean known) {}

    Issued issue(Path config, PersonId person, String label, Duration validFor) throws IOException;

    /** All that were ever issued; the secrets are not kept. Works beside a running installation. */
    List<IssuedToken> list(Path config) throws IOException;

    /** Returns false when the person has no such token that is not revoked. */
    boolean revoke(Path config, PersonId person, String id) throws IOException;

    void revokeAll(Path config, PersonId person) throws IOException;
}
