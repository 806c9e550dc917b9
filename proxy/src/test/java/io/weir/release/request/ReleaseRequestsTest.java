package io.weir.release.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import io.weir.query.type.SqlType;
import io.weir.release.Fixtures;
import io.weir.release.MemoryRequestStore;
import io.weir.release.RecordingAuditLog;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseRequestsTest {
    private final RecordingAuditLog audit = new RecordingAuditLog();
    private final MemoryRequestStore store = new MemoryRequestStore(audit);
    private PolicySnapshot policy = Fixtures.policy();
    private FrozenAnswer answer = Fixtures.answer();
    private int queries;

    private final QueryDesk desk = new QueryDesk() {
        @Override
        public Outcome<Prepared> prepare(
                Asker asker, String sql, List<@Nullable SqlType> parameterTypes, QueryOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<FrozenAnswer> freeze(Asker asker, String sql) {
            queries++;
            return sql.equals("bad") ? Outcome.refused(Problem.of(ProblemCode.SYNTAX)) : Outcome.of(answer);
        }
    };

    private RequestDesk requests(RequestLimits limits) {
        return new ReleaseRequests(
                desk, () -> policy, store, audit, Clock.fixed(Fixtures.NOW, ZoneOffset.UTC), new Random(7), limits);
    }

    private Outcome<RequestView> ask(String title, String note, String destination) {
        return requests(RequestLimits.standard()).request(Fixtures.asker(), "SELECT 1", title, note, destination);
    }

    private Outcome<RequestView> ask() {
        return ask("Strokes by provider", "for the board", "trust-bucket");
    }

    private static @Nullable ProblemCode code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?>(Problem problem) ? problem.code() : null;
    }

    @Test
    void aRequestFreezesTheProtectedResultAndIsRecorded() {
        RequestView view = ask().orThrow();
        assertThat(view.summary().state()).isEqualTo("submitted");
        FrozenContent kept = store.frozen(view.digest());
        assertThat(CaseDigest.holds(
                        store.find(new RequestId(view.summary().id())).orElseThrow(), kept))
                .isTrue();
        assertThat(view.nonce()).as("for checkers").isNull();
        assertThat(view.toString()).doesNotContain(kept.nonce());
        assertThat(store.frozen(view.digest()).answer()).isEqualTo(answer);
        assertThat(audit.events(EventType.RELEASE_REQUESTED)).singleElement().satisfies(e -> {
            assertThat(e.fields())
                    .containsEntry("request", view.summary().id())
                    .containsEntry("author", "ada")
                    .containsEntry("digest", view.digest())
                    .containsEntry("case", view.caseDigest())
                    .containsEntry("purpose", "research");
            assertThat(e.fields().toString()).doesNotContain(kept.nonce());
            assertThat(e.fields().toString()).doesNotContain("board", "provider", "SELECT");
            assertThat(e.disclosures()).containsKeys("sql", "title", "purpose_note");
        });
    }

    @Test
    void badWordsAndForeignDestinationsAreRefusedBeforeAnythingRuns() {
        assertThat(code(ask(" ", "note", "trust-bucket"))).isEqualTo(ProblemCode.INVALID_VALUE);
        assertThat(code(ask("two\nlines", "note", "trust-bucket"))).isEqualTo(ProblemCode.INVALID_VALUE);
        assertThat(code(ask("title", "", "trust-bucket"))).isEqualTo(ProblemCode.INVALID_VALUE);
        assertThat(code(ask("title", "\uDC00", "trust-bucket"))).isEqualTo(ProblemCode.INVALID_VALUE);
        assertThat(code(ask("title", "note", "elsewhere"))).isEqualTo(ProblemCode.NOT_RELEASABLE);
        assertThat(code(ask("title", "note", "uni-sftp")))
                .as("in the agreement, but no longer in the policy")
                .isEqualTo(ProblemCode.NOT_RELEASABLE);
        assertThat(queries).isZero();
        assertThat(audit.events(EventType.ACCESS_DENIED)).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202E", "\u2066", "\u200F", "\u200B", "\uFEFF", "\u00AD", "\u2028"})
    void wordsThatHideOrReorderTextAreRefused(String character) {
        assertThat(code(ask("Strokes" + character + " by provider", "note", "trust-bucket")))
                .isEqualTo(ProblemCode.INVALID_VALUE);
        assertThat(queries).isZero();
    }

    @Test
    void aNoteMayJoinLettersAndNotReorderThem() {
        assertThat(code(ask("title", "note\u202E", "trust-bucket"))).isEqualTo(ProblemCode.INVALID_VALUE);
        assertThat(code(ask("title", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "trust-bucket")))
                .isNull();
    }

    @Test
    void aCancelThatCameBeforeTheRequestWasMadeMakesNone() {
        Thread.currentThread().interrupt();
        try {
            assertThat(code(ask())).isEqualTo(ProblemCode.CANCELLED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(audit.events(EventType.RELEASE_REQUESTED)).isEmpty();
    }

    @Test
    void withoutAnAgreementInForceNothingIsAsked() {
        policy = Fixtures.policy(
                Fixtures.people(),
                Fixtures.agreement(2, Set.of("trust-bucket"), false, Fixtures.TODAY.minusDays(1)),
                Fixtures.RECIPIENT);
        assertThat(code(ask())).isEqualTo(ProblemCode.AGREEMENT_INACTIVE);
        assertThat(queries).isZero();
    }

    @Test
    void theQueryRoadsRefusalIsHandedOn() {
        assertThat(code(requests(RequestLimits.standard())
                        .request(Fixtures.asker(), "bad", "title", "note", "trust-bucket")))
                .isEqualTo(ProblemCode.SYNTAX);
    }

    @Test
    void rowsAboutPeopleNeedAnAgreementThatReleasesThem() {
        answer = Fixtures.answer("row_level", answer.columns(), answer.rows());
        assertThat(code(ask())).isEqualTo(ProblemCode.NOT_RELEASABLE);
        answer = Fixtures.answer("some_new_mode", answer.columns(), answer.rows());
        assertThat(code(ask())).as("unknown modes are closed").isEqualTo(ProblemCode.NOT_RELEASABLE);
        policy = Fixtures.policy(
                Fixtures.people(),
                Fixtures.agreement(2, Set.of("trust-bucket"), true, Fixtures.TODAY),
                Fixtures.RECIPIENT);
        assertThat(code(ask())).isNull();
    }

    @Test
    void emptyAndWhollyHiddenResultsAreNotReleasable() {
        answer = Fixtures.answer("aggregate", answer.columns(), List.of());
        assertThat(code(ask())).isEqualTo(ProblemCode.NOT_RELEASABLE);
        answer = Fixtures.answer(
                "aggregate",
                List.of(Fixtures.column("n", SqlType.INT8)),
                List.of(List.of(new Cell.Hidden(List.of("minimum-frequency")))));
        assertThat(code(ask())).isEqualTo(ProblemCode.NOT_RELEASABLE);
    }

    @Test
    void tooLargeIsRefused() {
        assertThat(code(requests(new RequestLimits(5, 1 << 20, 100))
                        .request(Fixtures.asker(), "SELECT 1", "title", "note", "trust-bucket")))
                .isEqualTo(ProblemCode.RESULT_TOO_LARGE);
        assertThat(code(requests(new RequestLimits(6, 100, 100))
                        .request(Fixtures.asker(), "SELECT 1", "title", "note", "trust-bucket")))
                .isEqualTo(ProblemCode.RESULT_TOO_LARGE);
    }

    @Test
    void aQueryThatIsTooLongIsNotRun() {
        RequestLimits limits = RequestLimits.standard().withStatementBytes(10);
        assertThat(code(requests(limits).request(Fixtures.asker(), "SELECT 123", "title", "note", "trust-bucket")))
                .isNull();
        assertThat(code(requests(limits).request(Fixtures.asker(), "SELECT 'é'", "title", "note", "trust-bucket")))
                .isEqualTo(ProblemCode.STATEMENT_TOO_LONG);
    }

    @Test
    void withoutStoreOrLogNothingIsAccepted() {
        audit.breakNow();
        assertThat(code(ask())).isEqualTo(ProblemCode.AUDIT_UNAVAILABLE);
        audit.repair();
        assertThat(requests(RequestLimits.standard()).list(Fixtures.asker()).orThrow())
                .isEmpty();
        store.takeDown();
        assertThat(code(ask())).isEqualTo(ProblemCode.STORE_UNAVAILABLE);
    }

    @Test
    void onlyTheAuthorWithdrawsAndOnlyOnce() {
        RequestDesk requests = requests(RequestLimits.standard());
        String id = ask().orThrow().summary().id();
        Asker colleague = new Asker(Fixtures.COLLEAGUE, Fixtures.STROKE, "dsa-1", "uni", "research", Set.of(), "s-2");
        assertThat(requests.show(colleague, id).orThrow().summary().id()).isEqualTo(id);
        assertThat(requests.list(colleague).orThrow()).isEmpty();
        assertThat(code(requests.withdraw(colleague, id))).isEqualTo(ProblemCode.NOT_PERMITTED);
        assertThat(requests.withdraw(Fixtures.asker(), id).orThrow().state()).isEqualTo("withdrawn");
        assertThat(code(requests.withdraw(Fixtures.asker(), id))).isEqualTo(ProblemCode.WRONG_STATE);
        assertThat(code(requests.show(Fixtures.asker(), "req-'; drop"))).isEqualTo(ProblemCode.NOT_PERMITTED);
    }
}
