package io.weir.query;

import io.weir.identity.Asker;
import io.weir.policy.Admission;
import io.weir.policy.Agreement;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.PolicySource;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.answer.Answer;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.Description;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.OwnReleases;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import io.weir.query.type.ValueForm;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conductor: one line a stage, and a record in the audit log before and after. Thread-safe; every call runs on the caller's thread and
 * is cancelled by interrupting it.
 */
public final class QueryRoad implements QueryDesk {
    private static final Logger LOGGER = LoggerFactory.getLogger(QueryRoad.class);

    private final Admission admission;
    private final PolicySource policy;
    private final Statements statements;
    private final Answering answering;
    private final QueryAudit audit;
    private final Supplier<OwnReleases> releases;
    private final Supplier<String> ids;

    /**
     * @param releases the release road; asked for late, since it asks this road
     * @param ids correlation ids
     */
    public QueryRoad(
            Admission admission,
            PolicySource policy,
            Statements statements,
            Answering answering,
            io.weir.audit.AuditLog audit,
            Supplier<OwnReleases> releases,
            Supplier<String> ids) {
        this.admission = admission;
        this.policy = policy;
        this.statements = statements;
        this.answering = answering;
        this.audit = new QueryAudit(audit);
        this.releases = releases;
        this.ids = ids;
    }

    @Override
    public Outcome<Prepared> prepare(
            Asker asker, String sql, List<@Nullable SqlType> parameterTypes, QueryOptions options) {
        String query = ids.get();
        PolicySnapshot snapshot = policy.current();
        return recorded(asker, query, snapshot, sql, () -> {
            Asker now = admission.renew(asker).orThrow();
            Optional<ReleaseCall> call = ReleaseCall.read(sql);
            if (call.isPresent()) {
                return new PreparedCall(now, call.get());
            }
            Agreement agreement = agreement(snapshot, now);
            Statements.Statement statement = statements.read(now.person(), snapshot, agreement, sql, parameterTypes);
            // Only to refuse at Parse what no binding can make permitted. Without parameters that is the whole ruling.
            @Nullable
            List<@Nullable Object> bound = statement.description().parameters().isEmpty() ? List.of() : null;
            answering
                    .rule(now, snapshot, agreement, statement, options.timeZone(), bound, ownRows(now, statement))
                    .orThrow();
            return new PreparedQuery(now, sql, statement, snapshot, options);
        });
    }

    private static Agreement agreement(PolicySnapshot snapshot, Asker asker) {
        Agreement agreement = snapshot.agreements().get(asker.agreement());
        if (agreement == null) {
            throw Problem.of(ProblemCode.AGREEMENT_INACTIVE).asException();
        }
        return agreement;
    }

    /** Runs a stage, records a refusal, and turns whatever nobody expected into one sentence. */
    private <T> Outcome<T> recorded(
            Asker asker, String query, PolicySnapshot snapshot, String sql, Supplier<? extends T> work) {
        try {
            return Outcome.of(work.get());
        } catch (ProblemException refused) {
            return Outcome.refused(record(asker, query, snapshot, sql, refused.problem()));
        } catch (StackOverflowError tooDeep) {
            Problem problem = Problem.tooDeep();
            return Outcome.refused(record(asker, query, snapshot, sql, problem));
        } catch (RuntimeException unexpected) {
            LOGGER.atError()
                    .addKeyValue("query", query)
                    .setCause(LoggedFailure.of(unexpected))
                    .log("the query road failed");
            Problem problem = new Problem(ProblemCode.INTERNAL, "Correlation id " + query, null, 0);
            return Outcome.refused(record(asker, query, snapshot, sql, problem));
        }
    }

    private Problem record(Asker asker, String query, PolicySnapshot snapshot, String sql, Problem problem) {
        if (problem.code() == ProblemCode.AUDIT_UNAVAILABLE) {
            return problem;
        }
        try {
            switch (problem.code().kind()) {
                case ANALYST, POLICY, CAPACITY -> audit.refused(asker, query, snapshot.digest(), sql, problem);
                case SOURCE, INTERNAL -> {
                    if (problem.code() == ProblemCode.EGRESS_GUARD) {
                        audit.egressAlert(asker, query, snapshot.digest());
                    }
                    audit.failed(asker, query, snapshot.digest(), problem.code());
                }
            }
            return problem;
        } catch (ProblemException auditDown) {
            return auditDown.problem();
        }
    }

    /** A permit is in the log before the failure of what it permitted. */
    private static <T> T under(QueryAudit.Decision decision, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            decision.require();
            throw failed;
        }
    }

    private List<List<@Nullable Object>> ownRows(Asker asker, Statements.Statement statement) {
        if (!statement.readsOwnReleases()) {
            return List.of();
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (OwnReleases.Line line : releases.get().list(asker).orThrow()) {
            rows.add(Arrays.asList(
                    line.request(), line.title(), line.state(), line.requestedAt(), line.destination(), line.reason()));
        }
        return rows;
    }

    @Override
    public Outcome<FrozenAnswer> freeze(Asker asker, String sql) {
        String query = ids.get();
        PolicySnapshot snapshot = policy.current();
        return recorded(asker, query, snapshot, sql, () -> {
            Asker now = admission.renew(asker).orThrow();
            Agreement agreement = agreement(snapshot, now);
            Statements.Statement statement = statements.read(now.person(), snapshot, agreement, sql, List.of());
            if (!statement.description().parameters().isEmpty()) {
                throw Problem.of(
                                ProblemCode.UNSUPPORTED,
                                "a statement with parameters cannot be frozen",
                                "Write the values into the statement.")
                        .asException();
            }
            Answering.Ruled ruled = answering
                    .rule(now, snapshot, agreement, statement, ZoneOffset.UTC, List.of(), ownRows(now, statement))
                    .orThrow();
            QueryAudit.Asked asked = new QueryAudit.Asked(now, query, snapshot.digest(), sql, QueryAudit.Form.RELEASE);
            QueryAudit.Decision decision = audit.permitted(asked, ruled.permit().facts(), ruled.statements());
            FrozenAnswer frozen =
                    under(decision, () -> answering.freeze(now, snapshot, agreement, sql, statement, ruled, decision));
            decision.executed(frozen.rows().size(), hidden(frozen), true);
            return frozen;
        });
    }

    private static long hidden(FrozenAnswer frozen) {
        return frozen.rows().stream()
                .flatMap(List::stream)
                .filter(c -> c instanceof FrozenAnswer.Cell.Hidden)
                .count();
    }

    private final class PreparedQuery implements Prepared {
        private final Asker asker;
        private final String sql;
        private final Statements.Statement statement;
        private final PolicySnapshot prepared;
        private final QueryOptions options;

        PreparedQuery(
                Asker asker,
                String sql,
                Statements.Statement statement,
                PolicySnapshot prepared,
                QueryOptions options) {
            this.asker = asker;
            this.sql = sql;
            this.statement = statement;
            this.prepared = prepared;
            this.options = options;
        }

        @Override
        public Description description() {
            return options.flags() ? Flags.describe(statement.description()) : statement.description();
        }

        @Override
        public Outcome<Answer> execute(List<@Nullable Object> parameters) {
            return execute(parameters, List.of());
        }

        @Override
        public Outcome<Answer> execute(List<@Nullable Object> parameters, List<ValueForm> forms) {
            String query = ids.get();
            PolicySnapshot snapshot = policy.current();
            return recorded(asker, query, snapshot, sql, () -> run(query, snapshot, parameters, forms));
        }

        private Answer run(
                String query, PolicySnapshot snapshot, List<@Nullable Object> parameters, List<ValueForm> forms) {
            Asker now = admission.renew(asker).orThrow();
            if (!snapshot.digest().equals(prepared.digest())) {
                throw Problem.of(
                                ProblemCode.STALE_STATEMENT,
                                "the policy was changed after this statement was prepared",
                                "Prepare the statement again.")
                        .asException();
            }
            if (parameters.size() != statement.description().parameters().size()) {
                throw Problem.of(ProblemCode.PARAMETER_MISSING).asException();
            }
            Agreement agreement = agreement(snapshot, now);
            Answering.Ruled ruled = answering
                    .rule(now, snapshot, agreement, statement, options.timeZone(), parameters, ownRows(now, statement))
                    .orThrow();
            QueryAudit.Form form = options.copied() ? QueryAudit.Form.COPY : QueryAudit.Form.ROWS;
            QueryAudit.Asked asked = new QueryAudit.Asked(now, query, snapshot.digest(), sql, form);
            QueryAudit.Decision decision = audit.permitted(asked, ruled.permit().facts(), ruled.statements());
            return under(
                    decision,
                    () -> answering.answer(
                            now, snapshot, statement, ruled, options.flags(), forms, options.timeout(), decision));
        }
    }

    private final class PreparedCall implements Prepared {
        private final Asker asker;
        private final ReleaseCall call;

        PreparedCall(Asker asker, ReleaseCall call) {
            this.asker = asker;
            this.call = call;
        }

        @Override
        public Description description() {
            return new Description(
                    List.of(),
                    List.of(
                            new AnswerColumn("request", ColumnType.of(SqlType.TEXT)),
                            new AnswerColumn("state", ColumnType.of(SqlType.TEXT))));
        }

        @Override
        public boolean isCall() {
            return true;
        }

        @Override
        public Outcome<Answer> execute(List<@Nullable Object> parameters) {
            return releases.get()
                    .request(asker, call.query(), call.title(), call.purposeNote(), call.destination())
                    .then(line -> {
                        List<@Nullable Object[]> rows = new ArrayList<>();
                        rows.add(new @Nullable Object[] {line.request(), line.state()});
                        return Outcome.of(new MemoryAnswer(description().columns(), "CALL", rows, List.of()));
                    });
        }
    }

    /** The governed schema of an agreement, for the catalogue. */
    public GovernedSchema schema(Asker asker) {
        PolicySnapshot snapshot = policy.current();
        return statements.schema(snapshot, agreement(snapshot, asker));
    }
}
