package io.weir.query;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.policy.Agreement;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemException;
import io.weir.query.HonestRoad.Parts;
import io.weir.query.answer.Description;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.govern.Governor;
import io.weir.query.govern.Permit;
import io.weir.query.parse.ParsedQuery;
import io.weir.query.parse.SqlFrontEnd;
import io.weir.query.rewrite.GovernedQuery;
import io.weir.query.rewrite.Rewriter;
import io.weir.query.type.SqlType;
import java.lang.management.ManagementFactory;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Weir itself needs for a statement, without a source and without the shadow's description: reading, ruling, writing, over the honest corpora; the same statement
 * again; and statements that mean harm. Argument: rounds (20 by default); the first is cold, the last half is warm.
 */
public final class StatementBenchmark {
    private static final Map<String, String> CORPORA = Map.of(
            "hospital", "cohort", "omop", "omop", "decision-support", "cohort", "idiom", "omop", "hazard", "omop");

    private final SqlFrontEnd frontEnd = new SqlFrontEnd();
    private final Governor governor = new Governor();
    private final Rewriter rewriter = new Rewriter();

    private StatementBenchmark() {}

    /** Nanoseconds; those of stages that were not reached are zero. */
    private record Times(long read, long rule, long write) {
        long all() {
            return read + rule + write;
        }
    }

    private record Asked(Parts parts, GovernedSchema schema, String sql, List<@Nullable SqlType> types) {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        System.out.printf("Java %s, %d processors%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
        new StatementBenchmark().run(rounds);
        System.exit(0);
    }

    private void run(int rounds) {
        System.out.println("| corpus | statements | cold ms p50 | warm ms p50 | p99 | read p50 | rule p50 | write p50 | again µs p50 | p99 |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (String corpus : List.of("hospital", "omop", "decision-support", "idiom", "hazard")) {
            List<Asked> asked = asked(corpus, CORPORA.get(corpus));
            List<Times> cold = new ArrayList<>();
            List<Times> warm = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                for (Asked statement : asked) {
                    Times times = time(statement);
                    if (times.write() > 0) {
                        if (round == 0) {
                            cold.add(times);
                        } else if (round >= rounds / 2) {
                            warm.add(times);
                        }
                    }
                }
            }
            double[] again = again(asked, rounds);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f |%n",
                    corpus,
                    cold.size(),
                    at(0.5, cold.stream().mapToLong(Times::all).toArray()),
                    at(0.5, warm.stream().mapToLong(Times::all).toArray()),
                    at(0.99, warm.stream().mapToLong(Times::all).toArray()),
                    at(0.5, warm.stream().mapToLong(Times::read).toArray()),
                    at(0.5, warm.stream().mapToLong(Times::rule).toArray()),
                    at(0.5, warm.stream().mapToLong(Times::write).toArray()),
                    1000 * again[0],
                    1000 * again[1]);
        }
        hostile();
    }

    private List<Asked> asked(String corpus, @Nullable String project) {
        Parts parts = HonestRoad.shared().parts(project == null ? "cohort" : project);
        GovernedSchema schema = parts.statements().schema(parts.policy(), parts.agreement());
        List<Asked> asked = new ArrayList<>();
        for (HonestStatements statement : HonestStatements.of(
                (List.of("idiom", "hazard").contains(corpus) ? "/corpus/" : "statements/") + corpus + ".sql")) {
            Outcome<Description> described = parts.oracle().describe(new PersonId("ada"), schema, statement.sql(), List.of());
            if (described instanceof Outcome.Value<Description>(Description description)) {
                asked.add(new Asked(parts, schema, statement.sql(), new ArrayList<>(description.parameters())));
            }
        }
        return asked;
    }

    private Times time(Asked asked) {
        long start = System.nanoTime();
        Outcome<ParsedQuery> parsed = frontEnd.parse(asked.sql(), asked.schema(), asked.types());
        long read = System.nanoTime();
        if (!(parsed instanceof Outcome.Value<ParsedQuery>(ParsedQuery query))) {
            return new Times(read - start, 0, 0);
        }
        Statements.Statement statement =
                new Statements.Statement(query, new Description(asked.types(), List.of()), false);
        Outcome<Permit> ruled = governor.rule(
                query,
                Explaining.ruling(
                        asked.parts().policy(),
                        asked.parts().agreement(),
                        statement,
                        !asked.types().isEmpty()));
        long rule = System.nanoTime();
        if (!(ruled instanceof Outcome.Value<Permit>(Permit permit)) || !asked.types().isEmpty()) {
            return new Times(read - start, rule - read, 0);
        }
        GovernedQuery written;
        try {
            written = rewriter.rewrite(permit, asked.parts().policy());
        } catch (ProblemException refused) { // what cannot be written
            return new Times(read - start, rule - read, 0);
        }
        long write = System.nanoTime();
        if (written.toString().isEmpty()) {
            throw new IllegalStateException("nothing was written");
        }
        return new Times(read - start, rule - read, write - rule);
    }

    /** The statement and its ruling as they are remembered: median and 99th percentile in milliseconds. */
    private double[] again(List<Asked> asked, int rounds) {
        RememberedRulings rulings = new RememberedRulings();
        List<Long> times = new ArrayList<>();
        for (int round = 0; round < 10 * rounds; round++) {
            for (Asked statement : asked) {
                long start = System.nanoTime();
                try {
                    Agreement agreement = statement.parts().agreement();
                    Statements.Statement read = statement
                            .parts()
                            .statements()
                            .read(
                                    new PersonId("ada"),
                                    statement.parts().policy(),
                                    agreement,
                                    statement.sql(),
                                    statement.types());
                    RememberedRulings.Key key = new RememberedRulings.Key(
                            read, agreement.id(), new ProjectId("cohort"), ZoneOffset.UTC, List.of());
                    Outcome<Answering.Ruled> ruled = rulings.of(statement.parts().policy(), key, () -> rule(statement, read));
                    if (round > 5 * rounds && ruled instanceof Outcome.Value<Answering.Ruled>) {
                        times.add(System.nanoTime() - start);
                    }
                } catch (ProblemException refused) {
                    // refusals are not remembered
                }
            }
        }
        long[] all = times.stream().mapToLong(Long::longValue).toArray();
        return new double[] {at(0.5, all), at(0.99, all)};
    }

    private Outcome<Answering.Ruled> rule(Asked asked, Statements.Statement statement) {
        Outcome<Permit> permit = governor.rule(
                statement.query(),
                Explaining.ruling(asked.parts().policy(), asked.parts().agreement(), statement, false));
        return permit.then(p -> Outcome.of(new Answering.Ruled(p, rewriter.rewrite(p, asked.parts().policy()))));
    }

    private void hostile() {
        System.out.println();
        System.out.println("| statement | characters | ms | allocated MiB | what is said |");
        System.out.println("|---|---:|---:|---:|---|");
        Map<String, String> statements = Map.of(
                "10,000 values in IN", "select count(*) from person where sex in (" + "'F', ".repeat(9_999) + "'M')",
                "1 MB of text", "select count(*) from person where sex = '" + "x".repeat(1 << 20) + "'",
                "10,000 brackets", "select count(*) from person where " + "(".repeat(10_000) + "true" + ")".repeat(10_000),
                "5,000 sub-queries", "select count(*) from (select person_id from ".repeat(5_000) + "person" + ") t".repeat(5_000),
                "a doubling CTE", doubling(24),
                "2,000 nested COALESCE", "select count(*) from person where " + "coalesce(".repeat(2_000) + "sex" + ", 'F')".repeat(2_000) + " = 'F'",
                "2,000 conditions", "select count(*) from person where " + "sex = 'F' or ".repeat(2_000) + "sex = 'M'",
                "200 joins", "select count(*) from person p" + joins(200));
        statements.keySet().stream().sorted().forEach(name -> hostile(name, statements.getOrDefault(name, "")));
    }

    private void hostile(String name, String sql) {
        Parts parts = HonestRoad.shared().parts("cohort");
        GovernedSchema schema = parts.statements().schema(parts.policy(), parts.agreement());
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getTotalThreadAllocatedBytes();
        long start = System.nanoTime();
        String said;
        try {
            Outcome<GovernedQuery> written = frontEnd.parse(sql, schema, List.of())
                    .then(query -> governor.rule(
                            query,
                            Explaining.ruling(
                                    parts.policy(),
                                    parts.agreement(),
                                    new Statements.Statement(query, new Description(List.of(), List.of()), false),
                                    false)))
                    .then(permit -> Outcome.of(rewriter.rewrite(permit, parts.policy())));
            said = switch (written) {
                case Outcome.Value<GovernedQuery>(GovernedQuery query) -> "written, statements: " + query.selects().size();
                case Outcome.Refused<GovernedQuery>(Problem problem) -> problem.code() + ": " + problem.detail();
            };
        } catch (ProblemException refused) {
            said = refused.problem().code() + ": " + refused.problem().detail();
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.0f | %s |%n",
                name,
                sql.length(),
                (System.nanoTime() - start) / 1e6,
                (threads.getTotalThreadAllocatedBytes() - allocated) / 1048576.0,
                said.length() > 160 ? said.substring(0, 160) + "…" : said);
    }

    private static String doubling(int levels) {
        StringBuilder sql = new StringBuilder("with t0 as (select person_id from person)");
        for (int i = 1; i <= levels; i++) {
            sql.append(", t").append(i).append(" as (select a.person_id from t").append(i - 1).append(" a join t").append(i - 1)
                    .append(" b on b.person_id = a.person_id)");
        }
        return sql + " select count(*) from t" + levels;
    }

    private static String joins(int number) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < number; i++) {
            sql.append(" join person p").append(i).append(" on p").append(i).append(".person_id = p.person_id");
        }
        return sql.toString();
    }

    private static double at(double quantile, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * quantile)] / 1e6;
    }
}
