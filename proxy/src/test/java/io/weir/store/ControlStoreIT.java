package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.EventType;
import io.weir.embedded.TestPostgres;
import io.weir.identity.ApiToken;
import io.weir.identity.PersonId;
import io.weir.identity.ScramSecret;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.release.Fixtures;
import io.weir.release.ReleaseRoad;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlStoreIT {
    @TempDir
    Path directory;

    @Test
    void migratesFromEmptyAndASecondStartFindsNothingToDo() throws SQLException {
        TestPostgres.TestDatabase database = TestPostgres.createDatabase();
        StoreConfig config = StoreConfig.of(database.url(), database.user(), database.password());
        for (int start = 0; start < 2; start++) {
            try (ControlStore store = ControlStore.open(config)) {
                assertThat(store.alive()).isTrue();
                assertThat(store.<Integer>read(
                                h -> h.createQuery("SELECT count(*) FROM flyway_schema_history WHERE success")
                                        .mapTo(Integer.class)
                                        .one()))
                        .isGreaterThanOrEqualTo(2);
            }
        }
        assertThat(config.toString()).doesNotContain(database.password());
    }

    @Test
    void aStoreThatDoesNotAnswerIsAProblemAndNotAnException() throws SQLException {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            String id = road.ask();
            road.store.close();
            assertThat(road.desk.list(Fixtures.asker()).toString()).contains("STORE_UNAVAILABLE");
            assertThat(road.review.show(Fixtures.CHECKER_1, id).toString()).contains("STORE_UNAVAILABLE");
            assertThat(road.store.alive()).isFalse();
        }
    }

    @Test
    void nobodyListeningIsStoreUnavailable() {
        StoreConfig config =
                new StoreConfig("jdbc:postgresql://127.0.0.1:1/weir", "weir", "secret", 2, Duration.ofMillis(300));
        assertThatThrownBy(() -> ControlStore.open(config))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.of(ProblemCode.STORE_UNAVAILABLE)));
    }

    @Test
    void decisionsAreWrittenOnce() throws SQLException {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            road.approved();
            for (String sql : new String[] {
                "UPDATE release_votes SET ballot = 'reject'",
                "UPDATE frozen_answers SET content = '{}'",
                "UPDATE release_transitions SET actor = 'nobody'"
            }) {
                assertThatThrownBy(() -> road.database.run(sql))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("written once");
            }
        }
    }

    @Test
    void accountsAndTokensAreKeptAuditedAndRevocable() throws SQLException {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            PostgresAccounts accounts = new PostgresAccounts(road.store, road.changes, road.clock, new SecureRandom());
            PersonId ada = Fixtures.AUTHOR;
            ScramSecret secret = new ScramSecret(4096, new byte[16], new byte[32], new byte[32]);
            assertThat(accounts.find(ada)).isEmpty();
            accounts.setSecret(ada, secret, "otto");
            accounts.setSecret(ada, secret, "otto");
            assertThat(accounts.find(ada)).contains(secret);
            assertThat(accounts.people()).containsExactly(ada);

            ApiToken token = accounts.issueToken(ada, "cli", Duration.ofDays(1), "otto");
            assertThat(token).hasToString("ApiToken[***]");
            assertThat(accounts.personOf(ApiToken.presented(token.reveal()))).contains(ada);
            assertThat(accounts.personOf(ApiToken.presented(token.reveal() + "x")))
                    .isEmpty();
            assertThat(road.query("SELECT count(*) FROM api_tokens WHERE encode(digest, 'escape') LIKE '%weir_%'"))
                    .isEqualTo("0");
            road.clock.turn(Duration.ofDays(1));
            assertThat(accounts.personOf(token)).isEmpty();
            ApiToken second = accounts.issueToken(ada, "cli", Duration.ofDays(1), "otto");
            accounts.revokeTokens(ada, "otto");
            assertThat(accounts.personOf(second)).isEmpty();
            assertThat(road.audit.events(EventType.USER_CHANGED))
                    .hasSize(5)
                    .allSatisfy(e -> assertThat(e.toString()).doesNotContain("SCRAM", token.reveal()));
        }
    }
}
