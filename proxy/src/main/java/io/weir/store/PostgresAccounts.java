package io.weir.store;

import io.weir.audit.AuditEvent;
import io.weir.audit.EventType;
import io.weir.identity.ApiToken;
import io.weir.identity.ApiTokens;
import io.weir.identity.IssuedToken;
import io.weir.identity.PersonId;
import io.weir.identity.ScramSecret;
import io.weir.identity.ScramSecrets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** SCRAM verifiers and API tokens in PostgreSQL. Every change is audited as {@code user.changed}. */
public final class PostgresAccounts implements ScramSecrets, ApiTokens {
    private final ControlStore store;
    private final RecordedChanges changes;
    private final InstantSource clock;
    private final SecureRandom random;

    public PostgresAccounts(ControlStore store, RecordedChanges changes, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.changes = changes;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Optional<ScramSecret> find(PersonId person) {
        return store.read(handle -> handle.createQuery("SELECT scram FROM accounts WHERE person = :person")
                        .bind("person", person.value())
                        .mapTo(String.class)
                        .findOne())
                .map(ScramSecret::parse);
    }

    /** Sets or replaces a verifier. */
    public void setSecret(PersonId person, ScramSecret secret, String actor) {
        changes.apply(event(actor, person, "set_secret"), (handle, changeId) -> {
            handle.createUpdate("INSERT INTO accounts (person, scram, changed_at) VALUES (:person, :scram, :at)"
                            + " ON CONFLICT (person) DO UPDATE SET scram = :scram, changed_at = :at")
                    .bind("person", person.value())
                    .bind("scram", secret.encode())
                    .bind("at", Rows.at(clock.instant()))
                    .execute();
            return true;
        });
    }

    /** Accounts with a verifier, in order. */
    public List<PersonId> people() {
        return store.read(handle -> handle.createQuery("SELECT person FROM accounts ORDER BY person")
                .mapTo(String.class)
                .map(PersonId::new)
                .list());
    }

    /** Issues a token; it cannot be shown again. */
    public ApiToken issueToken(PersonId person, String label, Duration validFor, String actor) {
        ApiToken token = ApiToken.random(random);
        Instant now = clock.instant();
        AuditEvent event =
                event(actor, person, "issue_token").with("token", token.id()).with("label", label);
        changes.apply(event, (handle, changeId) -> {
            handle.createUpdate("INSERT INTO api_tokens (digest, person, label, created_at, expires_at)"
                            + " VALUES (:digest, :person, :label, :at, :expires)")
                    .bind("digest", token.digest())
                    .bind("person", person.value())
                    .bind("label", label)
                    .bind("at", Rows.at(now))
                    .bind("expires", Rows.at(now.plus(validFor)))
                    .execute();
            return true;
        });
        return token;
    }

    /** Revokes all of a person's tokens. */
    public void revokeTokens(PersonId person, String actor) {
        changes.apply(event(actor, person, "revoke_tokens"), (handle, changeId) -> {
            handle.createUpdate("UPDATE api_tokens SET revoked_at = :at WHERE person = :person AND revoked_at IS NULL")
                    .bind("at", Rows.at(clock.instant()))
                    .bind("person", person.value())
                    .execute();
            return true;
        });
    }

    /** Revokes one token of a person; false when the person has no such token that is not revoked yet. */
    public boolean revokeToken(PersonId person, String id, String actor) {
        return changes.apply(
                event(actor, person, "revoke_token").with("token", id),
                (handle, changeId) -> handle.createUpdate("UPDATE api_tokens SET revoked_at = :at"
                                        + " WHERE person = :person AND revoked_at IS NULL"
                                        + " AND left(encode(digest, 'hex'), length(:id)) = :id AND length(:id) = 12")
                                .bind("at", Rows.at(clock.instant()))
                                .bind("person", person.value())
                                .bind("id", id)
                                .execute()
                        > 0);
    }

    /** All tokens that were ever issued, newest first for each person. */
    public List<IssuedToken> tokens() {
        return tokens(store);
    }

    /** The same where nothing is changed, and so nothing recorded. */
    public static List<IssuedToken> tokens(ControlStore store) {
        return store.read(handle -> handle.createQuery(
                        "SELECT digest, person, label, created_at, expires_at, revoked_at"
                                + " FROM api_tokens ORDER BY person, created_at DESC, digest")
                .map((row, context) -> {
                    OffsetDateTime revoked = row.getObject("revoked_at", OffsetDateTime.class);
                    return new IssuedToken(
                            ApiToken.idOf(row.getBytes("digest")),
                            new PersonId(row.getString("person")),
                            row.getString("label"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                            revoked == null ? null : revoked.toInstant());
                })
                .list());
    }

    @Override
    public Optional<PersonId> personOf(ApiToken token) {
        return store.read(handle -> handle.createQuery("SELECT person FROM api_tokens WHERE digest = :digest"
                                + " AND revoked_at IS NULL AND expires_at > :now")
                        .bind("digest", token.digest())
                        .bind("now", Rows.at(clock.instant()))
                        .mapTo(String.class)
                        .findOne())
                .map(PersonId::new);
    }

    private static AuditEvent event(String actor, PersonId person, String action) {
        return AuditEvent.of(EventType.USER_CHANGED)
                .with("actor", actor)
                .with("person", person.value())
                .with("action", action);
    }
}
