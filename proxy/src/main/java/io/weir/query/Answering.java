package io.weir.query;

import io.weir.identity.Asker;
import io.weir.identity.ProjectId;
import io.weir.policy.Agreement;
import io.weir.policy.DatasetName;
import io.weir.policy.Grant;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Profile;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.answer.Answer;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.disclose.Appetites;
import io.weir.query.disclose.Discloser;
import io.weir.query.disclose.MergedCells;
import io.weir.query.disclose.ProtectedRows;
import io.weir.query.disclose.ProtectedTable;
import io.weir.query.disclose.PublishedAnswers;
import io.weir.query.disclose.RowDiscloser;
import io.weir.query.execute.Deadline;
import io.weir.query.execute.Executor;
import io.weir.query.execute.RawBlock;
import io.weir.query.finish.FinishedTable;
import io.weir.query.finish.Finisher;
import io.weir.query.govern.Governor;
import io.weir.query.govern.Permit;
import io.weir.query.govern.Ruling;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.rewrite.GovernedQuery;
import io.weir.query.rewrite.MerePresence;
import io.weir.query.rewrite.Rewriter;
import io.weir.query.type.ColumnType;
import io.weir.query.type.ValueForm;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Govern to finish for one bound statement. Thread-safe; blocks. */
public final class Answering {
    private static final String HIDDEN_NOTICE =
            "Some values are hidden to protect people and are shown as NULL. SET weir.flags = 'on' marks them.";
    /** Says nothing that the answer does not show: it depends on the hidden places alone. */
    private static final String WHOLE_NOTICE =
            "A whole column is hidden. Either its groups are all of few people, or the question is so close to one asked before, by"
                    + " anybody, that the difference would tell about few people. Repeat the earlier question, or group more coarsely.";

    private static final String OPEN_NOTICE = "Groups of few people, if there are any, are not listed.";
    private static final String UNDECIDED_NOTICE =
            "Some rows could not be decided because a condition depends on a hidden value; they are left out.";

    private final Governor governor = new Governor();
    private final Rewriter rewriter = new Rewriter();
    private final RememberedRulings rulings = new RememberedRulings();
    private final Executor executor;
    private final Discloser discloser;
    private final RowDiscloser rowDiscloser;
    private final PseudonymPort pseudonyms;
    private final Duration defaultTimeout;
    private final long maximumRows;

    /** Pseudonyms of projects, as the road needs them. */
    public interface PseudonymPort {
        ProtectedRows.Namespaces namespaces(ProjectId project);

        Ruling.Tokens tokens(ProjectId project);
    }

    /** @param maximumRows most rows of one answer; one more is {@code RESULT_TOO_LARGE}, never a shortened answer */
    public Answering(
            Executor executor,
            Discloser discloser,
            PseudonymPort pseudonyms,
            Duration defaultTimeout,
            long maximumRows) {
        this.executor = executor;
        this.discloser = discloser;
        this.rowDiscloser = new RowDiscloser(executor);
        this.pseudonyms = pseudonyms;
        this.defaultTimeout = defaultTimeout;
        this.maximumRows = maximumRows;
    }

    /** A permit with its generated queries; without queries in a structural ruling. */
    record Ruled(Permit permit, @Nullable GovernedQuery query) {
        int statements() {
            return query == null ? 0 : query.selects().size();
        }

        /** Of the texts that were written, with room for what each bound value takes. */
        long characters() {
            return query == null
                    ? 0
                    : query.selects().stream()
                            .mapToLong(select ->
                                    select.sql().length() + 20L * select.binds().size())
                            .sum();
        }
    }

    /**
     * The ruling on a statement: structural when {@code parameters} is null.
     *
     * @param zone of the session, in which moments are taken apart
     */
    Outcome<Ruled> rule(
            Asker asker,
            PolicySnapshot policy,
            Agreement agreement,
            Statements.Statement statement,
            ZoneId zone,
            @Nullable List<@Nullable Object> parameters,
            List<List<@Nullable Object>> ownRows) {
        if (statement.readsOwnReleases()) {
            return ruleAnew(asker, policy, agreement, statement, zone, parameters, ownRows);
        }
        return rulings.of(
                policy,
                new RememberedRulings.Key(statement, agreement.id(), asker.project(), zone, parameters),
                () -> ruleAnew(asker, policy, agreement, statement, zone, parameters, ownRows));
    }

    private Outcome<Ruled> ruleAnew(
            Asker asker,
            PolicySnapshot policy,
            Agreement agreement,
            Statements.Statement statement,
            ZoneId zone,
            @Nullable List<@Nullable Object> parameters,
            List<List<@Nullable Object>> ownRows) {
        Map<DatasetName, Grant> grants = agreement.grants().stream().collect(Collectors.toMap(Grant::dataset, g -> g));
        Profile profile = profile(policy, agreement.profile());
        Ruling ruling = new Ruling(
                policy,
                grants,
                agreement.linkages(),
                profile,
                snapshot(policy, grants),
                zone,
                statement.description().parameters(),
                parameters,
                Map.of(SchemaViews.MY_RELEASES, ownRows),
                pseudonyms.tokens(asker.project()));
        return governor.rule(statement.query(), ruling).then(permit -> written(permit, policy, parameters != null));
    }

    /** What cannot be written, or would count one person's records at will, is refused like anything that is not permitted. */
    private Outcome<Ruled> written(Permit permit, PolicySnapshot policy, boolean bound) {
        try {
            return Outcome.of(new Ruled(permit, bound ? rewriter.rewrite(permit, policy) : null));
        } catch (ProblemException refused) {
            return Outcome.refused(refused.problem());
        }
    }

    private static Profile profile(PolicySnapshot policy, String name) {
        Profile profile = policy.profiles().get(name);
        if (profile == null) {
            throw new IllegalStateException("the policy lost profile " + name);
        }
        return profile;
    }

    /** The day of the data: the latest snapshot of the granted sources. */
    private static LocalDate snapshot(PolicySnapshot policy, Map<DatasetName, Grant> grants) {
        return Snapshots.days(
                        policy,
                        grants.keySet().stream().map(DatasetName::toString).toList())
                .values()
                .stream()
                .max(LocalDate::compareTo)
                .orElse(LocalDate.EPOCH);
    }

    Answer answer(
            Asker asker,
            PolicySnapshot policy,
            Statements.Statement statement,
            Ruled ruled,
            boolean flags,
            List<ValueForm> forms,
            Duration timeout,
            QueryAudit.Decision decision) {
        List<AnswerColumn> columns = statement.description().columns();
        Executor.Context context = context(asker, timeout, decision);
        return switch (ruled.query()) {
            case GovernedQuery.Rows rows -> {
                RowDiscloser.Wanted wanted = new RowDiscloser.Wanted(types(columns), flags ? List.of() : forms);
                ProtectedRows stream = rowDiscloser.open(rows, wanted, pseudonyms.namespaces(asker.project()), context);
                yield flags
                        ? new StreamedAnswer(Flags.columns(columns), stream, decision, true, maximumRows)
                        : new StreamedAnswer(columns, stream, decision, false, maximumRows);
            }
            case GovernedQuery.Aggregates aggregates -> {
                Executor.Held held = executor.held();
                Map<Block, ProtectedTable> tables =
                        tables(aggregates, policy, ruled.permit().facts().profile(), context, held);
                FinishedTable finished = finish(aggregates, tables, context, held);
                List<@Nullable Object[]> rows = new ArrayList<>(finished.rows().size());
                long[] hiddenIn = new long[columns.size()];
                for (@Nullable Object[] row : typed(finished, columns)) {
                    for (int i = 0; i < row.length; i++) {
                        hiddenIn[i] += row[i] instanceof Hidden ? 1 : 0;
                    }
                    rows.add(Flags.row(row, finished.rounded(), flags));
                }
                long hidden = LongStream.of(hiddenIn).sum();
                decision.executed(rows.size(), hidden, true);
                List<String> notices = new ArrayList<>();
                if (hidden > 0) {
                    notices.add(HIDDEN_NOTICE);
                }
                if (!rows.isEmpty() && LongStream.of(hiddenIn).anyMatch(n -> n == rows.size())) {
                    notices.add(WHOLE_NOTICE);
                    aggregates.blocks().stream()
                            .flatMap(block -> MerePresence.gaps(block.block()).stream())
                            .distinct()
                            .forEach(column -> notices.add(gap(column)));
                }
                if (tables.values().stream().anyMatch(ProtectedTable::open)) {
                    notices.add(OPEN_NOTICE);
                }
                if (finished.undecided()) {
                    notices.add(UNDECIDED_NOTICE);
                }
                yield new MemoryAnswer(flags ? Flags.columns(columns) : columns, "SELECT", rows, notices);
            }
            case null -> throw new IllegalStateException("a structural ruling cannot be executed");
        };
    }

    /** How to ask where a whole column is hidden: by the question's words alone. */
    private static String gap(String column) {
        return "Whether anybody has no value in " + column
                + " is not told: where few or none lack one, what needs it is hidden."
                + " If you mean those who have one, say so: WHERE " + column + " IS NOT NULL.";
    }

    private static List<ColumnType> types(List<AnswerColumn> columns) {
        return columns.stream().map(AnswerColumn::type).toList();
    }

    private Executor.Context context(Asker asker, Duration timeout, Executor.Admitted decision) {
        Duration limit = timeout.isZero() || timeout.compareTo(defaultTimeout) > 0 ? defaultTimeout : timeout;
        return new Executor.Context(asker.project().value(), asker.person().value(), Deadline.after(limit), decision);
    }

    private Map<Block, ProtectedTable> tables(
            GovernedQuery.Aggregates query,
            PolicySnapshot policy,
            Profile profile,
            Executor.Context context,
            Executor.Held held) {
        Map<Block, ProtectedTable> tables = new HashMap<>();
        for (GovernedQuery.BlockQuery block : query.blocks()) {
            PublishedAnswers.Data data = Snapshots.of(policy, block);
            ProtectedTable table = discloser
                    .replay(block.block(), block.form(), data.snapshot(), profile)
                    .orElseGet(() -> {
                        executor.check(query);
                        // Before the lock on the population: cells depend on the data alone, what may be shown of
                        // them is decided under it.
                        MergedCells cells = new MergedCells(block.block());
                        RawBlock raw = executor.block(block, data.snapshot(), context, cells);
                        return discloser.answer(block.form(), data, profile, raw, cells);
                    });
            held.add(table.rows().size());
            tables.put(block.block(), table);
        }
        return tables;
    }

    private FinishedTable finish(
            GovernedQuery.Aggregates query,
            Map<Block, ProtectedTable> tables,
            Executor.Context context,
            Executor.Held held) {
        boolean rounds =
                !query.blocks().isEmpty() && query.permit().facts().profile().roundingBase() > 1;
        FinishedTable finished = new Finisher(tables, executor.references(query, context, held))
                .finish(query.permit().residual(), query.permit().outputs(), rounds);
        if (finished.rows().size() > maximumRows) {
            throw tooManyRows(maximumRows).asException();
        }
        return finished;
    }

    static Problem tooManyRows(long limit) {
        return Problem.of(
                ProblemCode.RESULT_TOO_LARGE,
                "The answer has more than %d rows.".formatted(limit),
                "Narrow the question with WHERE, group more coarsely, or take a part with LIMIT.");
    }

    private static List<@Nullable Object[]> typed(FinishedTable finished, List<AnswerColumn> columns) {
        List<@Nullable Object[]> rows = new ArrayList<>(finished.rows().size());
        for (@Nullable Object[] row : finished.rows()) {
            @Nullable Object[] typed = new @Nullable Object[row.length];
            for (int i = 0; i < row.length; i++) {
                typed[i] = Evaluator.shown(row[i], columns.get(i).type());
            }
            rows.add(typed);
        }
        return rows;
    }

    /** The result under the release profile, hiding at least what the interactive answer hides. */
    FrozenAnswer freeze(
            Asker asker,
            PolicySnapshot policy,
            Agreement agreement,
            String sql,
            Statements.Statement statement,
            Ruled ruled,
            QueryAudit.Decision decision) {
        if (!(ruled.query() instanceof GovernedQuery.Aggregates aggregates)) {
            throw Problem.of(
                            ProblemCode.NOT_RELEASABLE,
                            "rows about people cannot be released under this agreement",
                            "Ask for the release of an aggregate.")
                    .asException();
        }
        Executor.Context context = context(asker, Duration.ZERO, decision);
        Executor.Held held = executor.held();
        Profile interactive = ruled.permit().facts().profile();
        Profile release = profile(policy, agreement.releaseProfile());
        Map<Block, ProtectedTable> shown = tables(aggregates, policy, interactive, context, executor.held());
        Map<Block, ProtectedTable> released = tables(aggregates, policy, release, context, held);
        Map<Block, ProtectedTable> merged = new HashMap<>();
        released.forEach((block, table) -> {
            ProtectedTable other = shown.get(block);
            merged.put(block, other == null ? table : Discloser.stricter(table, other));
        });
        FinishedTable finished = finish(aggregates, merged, context, held);
        List<AnswerColumn> columns = statement.description().columns();
        List<List<FrozenAnswer.Cell>> rows = new ArrayList<>();
        for (@Nullable Object[] row : typed(finished, columns)) {
            List<FrozenAnswer.Cell> cells = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                cells.add(
                        row[i] instanceof Hidden h
                                ? new FrozenAnswer.Cell.Hidden(List.copyOf(new TreeSet<>(h.reasons())))
                                : new FrozenAnswer.Cell.Shown(
                                        row[i], finished.rounded().get(i)));
            }
            rows.add(cells);
        }
        Permit.Facts facts = ruled.permit().facts();
        return new FrozenAnswer(
                sql,
                columns,
                rows,
                new FrozenAnswer.Facts(
                        asker.project().value(),
                        agreement.id(),
                        agreement.purpose(),
                        policy.digest(),
                        release.name(),
                        Appetites.parameters(release),
                        Snapshots.days(policy, facts.datasets()),
                        facts.datasets(),
                        facts.mode(),
                        facts.ruling(),
                        release.marker()),
                HiddenNumbers.of(
                        aggregates.blocks().stream()
                                .map(GovernedQuery.BlockQuery::block)
                                .toList(),
                        merged));
    }
}
