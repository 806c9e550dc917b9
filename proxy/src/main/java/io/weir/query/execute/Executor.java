package io.weir.query.execute;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.source.Transfer;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Residual;
import io.weir.query.rewrite.GeneratedSelect;
import io.weir.query.rewrite.GovernedQuery;
import io.weir.query.rewrite.OutputColumn;
import io.weir.query.type.ColumnType;
import io.weir.query.type.ValueForm;
import io.weir.recent.RecentlyUsed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stage's door. Thread-safe; every call blocks. */
public final class Executor {
    private static final Logger LOGGER = LoggerFactory.getLogger(Executor.class);
    private static final int STABLE_ANSWERS = 1_000;

    /** Of all of them together. */
    private static final long STABLE_ROWS = 1_000_000;

    private static final int FETCH_SIZE = 2_000;

    /** A cell comes in one part for each bucket of its people. */
    private static final int MOST_PARTS = 10;

    private final Map<String, SourceConnector> sources;
    private final EgressGuard guard;
    private final long maximumRows;
    /** Populations and domains depend on the snapshot alone. */
    private final RecentlyUsed<String, List<@Nullable Object[]>> stable =
            new RecentlyUsed<>(STABLE_ANSWERS, STABLE_ROWS, (key, rows) -> rows.size() + key.length() / 100);

    /**
     * @param sources connectors by source id
     * @param maximumRows largest number of cells or reference rows held in memory for one query
     */
    public Executor(Map<String, SourceConnector> sources, EgressGuard guard, long maximumRows) {
        this.sources = Map.copyOf(sources);
        this.guard = guard;
        this.maximumRows = maximumRows;
    }

    /**
     * @param pool connection pool: the project
     * @param holder the person, who has a share of the pool
     * @param deadline of all statements to all sources
     * @param admitted asked before each statement to the source
     */
    public record Context(String pool, String holder, Deadline deadline, Admitted admitted) {}

    /** What must be true before the first byte goes to a source. */
    @FunctionalInterface
    public interface Admitted {
        /** Makes the decision durable, once; called before each statement. Throws when it cannot be recorded. */
        void require();
    }

    /** Protected tables and reference data of one statement, which are in memory together. They have rows that the asker could count. Not thread-safe. */
    public final class Held {
        private long rows;

        /** Refuses more than may be held. */
        public void add(long more) {
            rows += more;
            requireAtMost(maximumRows, rows, "rows of all its tables together");
        }
    }

    public Held held() {
        return new Held();
    }

    /** Throws what can be said against asking before anything is asked: a source that is not there, or a text that the guard stops. */
    public void check(GovernedQuery.Aggregates query) {
        query.blocks().forEach(b -> b.sources().forEach(this::connector));
        query.references().values().forEach(r -> connector(r.source()));
        query.selects().forEach(guard::check);
    }

    /**
     * @param snapshot identity of the data: part of the key under which populations are remembered
     * @param cells takes the block's cells, in as many parts as they come in
     */
    public RawBlock block(GovernedQuery.BlockQuery query, String snapshot, Context context, CellSink cells) {
        return switch (query) {
            case GovernedQuery.SourceBlock one -> block(one, snapshot, context, cells);
            case GovernedQuery.LinkedBlock both -> linked(both, snapshot, context, cells);
        };
    }

    private RawBlock block(GovernedQuery.SourceBlock query, String snapshot, Context context, CellSink cells) {
        Asked asked = connector(query.source());
        Map<Integer, List<@Nullable Object[]>> distinct = new HashMap<>();
        query.distinct().forEach((atom, select) -> distinct.put(atom, read(asked, select, context)));
        Map<List<Integer>, List<@Nullable Object[]>> places = new HashMap<>();
        query.places().forEach((atoms, select) -> places.put(atoms, read(asked, select, context)));
        Map<List<Integer>, List<@Nullable Object[]>> domains = new HashMap<>();
        query.domains().forEach((keys, select) -> domains.put(keys, readStable(asked, select, snapshot, context)));
        long[] parts = {0};
        read(asked, query.cells(), context, row -> {
            cells.add(row);
            requireAtMost(maximumRows, cells.cells(), "cells");
            requireAtMost(MOST_PARTS * maximumRows, ++parts[0], "parts of cells");
        });
        List<@Nullable Object[]> population = readStable(asked, query.population(), snapshot, context);
        return new RawBlock(query, distinct, places, population, domains);
    }

    private RawBlock linked(GovernedQuery.LinkedBlock query, String snapshot, Context context, CellSink cells) {
        Map<List<Integer>, List<@Nullable Object[]>> domains = new HashMap<>();
        query.domains()
                .forEach((keys, asked) ->
                        domains.put(keys, readStable(connector(asked.source()), asked.select(), snapshot, context)));
        LinkedCells people = new LinkedCells(query.linked(), cells, maximumRows);
        together(query, GovernedQuery.Side::people, context, (kept, other) -> {
            people.add(kept, other);
            requireAtMost(maximumRows, cells.cells(), "cells");
        });
        String key = key(query.kept().source(), query.kept().population(), snapshot) + "\n"
                + key(query.other().source(), query.other().population(), snapshot) + "\n"
                + query.linked().outer();
        List<@Nullable Object[]> population = stable.get(key);
        if (population == null) {
            LinkedPopulation all = new LinkedPopulation();
            together(query, GovernedQuery.Side::population, context, all::add);
            population = all.buckets();
            stable.put(key, population);
        }
        return new RawBlock(query, Map.of(), Map.of(), population, domains);
    }

    /** Reads both sides in step, person by person. What a source says of a person goes nowhere but to the taker; keys not even there. */
    private void together(
            GovernedQuery.LinkedBlock query,
            Function<GovernedQuery.Side, GeneratedSelect> text,
            Context context,
            BiConsumer<List<@Nullable Object[]>, List<@Nullable Object[]>> taker) {
        guard.check(text.apply(query.kept()));
        guard.check(text.apply(query.other()));
        context.admitted().require();
        // In one order, so that two statements do not each hold what the other waits for.
        boolean keptFirst = query.kept().source().compareTo(query.other().source()) < 0;
        GovernedQuery.Side one = keptFirst ? query.kept() : query.other();
        GovernedQuery.Side two = keptFirst ? query.other() : query.kept();
        try (RowStream first = open(one, text, context);
                RowStream second = open(two, text, context)) {
            PersonStream kept = people(query.kept(), text, keptFirst ? first : second);
            PersonStream other = people(query.other(), text, keptFirst ? second : first);
            boolean more = other.next();
            while (kept.next()) {
                while (more && other.compareTo(kept) < 0) {
                    more = other.next();
                }
                if (more && other.compareTo(kept) == 0) {
                    taker.accept(kept.rows(), other.rows());
                } else if (query.linked().outer()) {
                    taker.accept(kept.rows(), List.of());
                }
            }
            while (more) {
                more = other.next();
            }
        }
    }

    private PersonStream people(
            GovernedQuery.Side side, Function<GovernedQuery.Side, GeneratedSelect> text, RowStream rows) {
        return new PersonStream(side.source(), rows, text.apply(side).outputs(), maximumRows);
    }

    private RowStream open(
            GovernedQuery.Side side, Function<GovernedQuery.Side, GeneratedSelect> text, Context context) {
        Asked asked = connector(side.source());
        try {
            return asked.connector().open(statement(text.apply(side), context, Transfer.ANY));
        } catch (SourceException e) {
            throw problem(e, asked.source());
        }
    }

    public Map<Residual.ReadReference, List<@Nullable Object[]>> references(
            GovernedQuery.Aggregates query, Context context, Held held) {
        Map<Residual.ReadReference, List<@Nullable Object[]>> rows = new HashMap<>();
        query.references().forEach((reference, asked) -> {
            List<@Nullable Object[]> read = read(connector(asked.source()), asked.select(), context);
            held.add(read.size());
            rows.put(reference, read);
        });
        return rows;
    }

    /**
     * @param types of the columns as analysts see them
     * @param forms that the receiver takes the columns in; none is values for all
     */
    public RawRows rows(GovernedQuery.Rows query, List<ColumnType> types, List<ValueForm> forms, Context context) {
        Asked asked = connector(query.source());
        guard.check(query.select());
        context.admitted().require();
        try {
            List<OutputColumn> outputs = query.select().outputs();
            PassedColumns wanted = PassedColumns.wanted(outputs, types, forms);
            RowStream stream = asked.connector().open(statement(query.select(), context, wanted.transfer()));
            try {
                return new RawRows(query.permit(), query.source(), outputs, RowReader.of(stream, wanted), FETCH_SIZE);
            } catch (RuntimeException failed) {
                stream.close();
                throw failed;
            }
        } catch (SourceException e) {
            throw problem(e, asked.source());
        }
    }

    private record Asked(String source, SourceConnector connector) {}

    private Asked connector(String source) {
        SourceConnector connector = sources.get(source);
        if (connector == null) {
            throw Problem.of(ProblemCode.SOURCE_UNAVAILABLE, named(source)).asException();
        }
        return new Asked(source, connector);
    }

    private static String named(String source) {
        return "source " + source;
    }

    private static SourceStatement statement(GeneratedSelect select, Context context, Transfer transfer) {
        return new SourceStatement(
                context.pool(),
                context.holder(),
                select.sql(),
                select.binds(),
                FETCH_SIZE,
                context.deadline().left(),
                transfer);
    }

    private static String key(String source, GeneratedSelect select, String snapshot) {
        return source + "\n" + snapshot + "\n" + select.sql() + "\n" + select.binds();
    }

    private List<@Nullable Object[]> readStable(Asked asked, GeneratedSelect select, String snapshot, Context context) {
        String key = key(asked.source(), select, snapshot);
        List<@Nullable Object[]> known = stable.get(key);
        if (known == null) {
            known = read(asked, select, context);
            stable.put(key, known);
        }
        return known;
    }

    private List<@Nullable Object[]> read(Asked asked, GeneratedSelect select, Context context) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        read(asked, select, context, row -> {
            rows.add(row);
            requireAtMost(maximumRows, rows.size(), "cells");
        });
        return Collections.unmodifiableList(rows);
    }

    private void read(Asked asked, GeneratedSelect select, Context context, Consumer<@Nullable Object[]> taker) {
        guard.check(select);
        context.admitted().require();
        List<OutputColumn> plan = select.outputs();
        try (RowStream stream = asked.connector().open(statement(select, context, Transfer.ANY))) {
            while (stream.next()) {
                @Nullable Object[] row = new @Nullable Object[plan.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = Evaluator.cast(stream.value(i), plan.get(i).type());
                }
                taker.accept(row);
            }
        } catch (SourceException e) {
            throw problem(e, asked.source());
        }
    }

    static void requireAtMost(long most, long number, String of) {
        if (number > most) {
            throw Problem.of(
                            ProblemCode.RESULT_TOO_LARGE,
                            "the statement makes more than %d %s".formatted(most, of),
                            "Group by fewer or coarser columns.")
                    .asException();
        }
    }

    /** The class of the source's failure goes to the log, a fixed sentence to the client; its words can quote values. */
    static ProblemException problem(SourceException e, String source) {
        LOGGER.atWarn()
                .addKeyValue("source", source)
                .addKeyValue("kind", e.kind())
                .setCause(LoggedFailure.of(e))
                .log("source");
        Problem problem = switch (e.kind()) {
            case UNAVAILABLE ->
                new Problem(ProblemCode.SOURCE_UNAVAILABLE, named(source), "Try again in a few minutes.", 0);
            case BUSY ->
                new Problem(
                        ProblemCode.SOURCE_BUSY,
                        named(source),
                        "Close cursors and finish reading answers that are still open; one person has a share of the connections.",
                        0);
            case TIME_OUT -> Problem.of(ProblemCode.TIME_OUT);
            case CANCELLED -> Problem.of(ProblemCode.CANCELLED);
            case FAILED -> Problem.of(ProblemCode.SOURCE_FAILED);
        };
        return new ProblemException(problem, e);
    }
}
