package io.weir.cli;

import io.weir.audit.AuditUnavailableException;
import io.weir.identity.ApiToken;
import io.weir.identity.IssuedToken;
import io.weir.identity.PersonId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tokens in memory; the policy knows only ada. */
final class MemoryTokens implements TokenDesk {
    static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    final List<IssuedToken> issued = new ArrayList<>();
    final List<ApiToken> secrets = new ArrayList<>();
    boolean running;

    @Override
    public Issued issue(Path config, PersonId person, String label, Duration validFor) throws IOException {
        stopped();
        ApiToken token = ApiToken.random(new SecureRandom());
        IssuedToken facts = new IssuedToken(token.id(), person, label, NOW, NOW.plus(validFor), null);
        issued.add(facts);
        secrets.add(token);
        return new Issued(token, facts, person.value().equals("ada"));
    }

    @Override
    public List<IssuedToken> list(Path config) {
        return List.copyOf(issued);
    }

    @Override
    public boolean revoke(Path config, PersonId person, String id) {
        stopped();
        return revokeWhere(person, id);
    }

    @Override
    public void revokeAll(Path config, PersonId person) {
        stopped();
        revokeWhere(person, "");
    }

    private boolean revokeWhere(PersonId person, String prefix) {
        boolean found = false;
        for (int i = 0; i < issued.size(); i++) {
            IssuedToken t = issued.get(i);
            if (t.person().equals(person) && t.id().startsWith(prefix) && t.revokedAt() == null) {
                issued.set(i, new IssuedToken(t.id(), person, t.label(), t.createdAt(), t.expiresAt(), NOW));
                found = true;
            }
        }
        return found;
    }

    private void stopped() {
        if (running) {
            throw new AuditUnavailableException("The audit log is in use by another process.");
        }
    }
}
