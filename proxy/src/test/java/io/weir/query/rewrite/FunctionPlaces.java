package io.weir.query.rewrite;

import io.weir.problem.Outcome;
import io.weir.problem.ProblemException;
import io.weir.query.govern.Permit;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.parse.SqlFrontEnd;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an example of a function may stand under the demo's policy, and what a source is asked for it: found by asking. */
public final class FunctionPlaces implements AutoCloseable {
    private static final String RESULTS =
            "(SELECT method AS t, date_trunc('month', admitted)::date AS d, date_trunc('month', admitted) AS ts,"
                    + " method = '11' AS b, count(*) AS i, avg(cost) AS n FROM hospital.admissions GROUP BY 1, 2, 3, 4) r";
    private static final String LISTED =
            "(SELECT method AS t, method = '11' AS b, count(*) AS i, avg(cost) AS n FROM hospital.admissions GROUP BY 1, 2) r";
    private static final int LONGEST = 240;

    private final SqlFrontEnd frontEnd = new SqlFrontEnd();

    /** What a place has of each kind of value. */
    private enum Values {
        PEOPLE("method", "cost", "(discharged - admitted)", "admitted", "admitted::timestamp", "(method = '11')"),
        RESULTS("t", "n", "i", "d", "ts", "b"),
        REFERENCE("region", "population", "population", "", "", "(imd_decile = 1)"),
        CONSTANTS("'11-12'", "12.5", "7", "date '2024-01-31'", "timestamp '2024-01-31 12:00'", "true");

        private final List<String> values;

        Values(String... values) {
            this.values = List.of(values);
        }

        Optional<String> in(String example) {
            String text = example;
            List<String> names = List.of("{t}", "{n}", "{i}", "{d}", "{ts}", "{b}");
            for (int i = 0; i < names.size(); i++) {
                if (text.contains(names.get(i)) && values.get(i).isEmpty()) {
                    return Optional.empty();
                }
                text = text.replace(names.get(i), values.get(i));
            }
            return Optional.of(text);
        }
    }

    @Override
    public void close() {
        frontEnd.close();
    }

    private Optional<Permit> permit(String dialect, String project, String sql) {
        return DemoPermits.permit(frontEnd, DemoPermits.policy(dialect), project, sql)
                        instanceof Outcome.Value<Permit>(Permit permit)
                ? Optional.of(permit)
                : Optional.empty();
    }

    private boolean permits(String sql) {
        return permit("postgresql", "diabetes", sql).isPresent();
    }

    /** Where an expression may stand: below the boundary, above it, and of constants. */
    public String expression(String example) {
        String people = Values.PEOPLE.in(example).orElseThrow();
        String from = " FROM hospital.admissions";
        List<String> below = new ArrayList<>();
        if (permits("SELECT " + people + ", count(*)" + from + " GROUP BY 1")) {
            below.add("key");
        }
        if (permits("SELECT count(*)" + from + " WHERE " + people)) {
            below.add("condition");
        }
        if (permits("SELECT sum(" + people + ")" + from)) {
            below.add("sum");
        }
        String results = Values.RESULTS.in(example).orElseThrow();
        String constants = Values.CONSTANTS.in(example).orElseThrow();
        return "%s | %s | %s"
                .formatted(
                        below.isEmpty() ? "–" : String.join(", ", below),
                        yes(permits("SELECT " + results + " FROM " + RESULTS)),
                        yes(permits("SELECT " + constants)));
    }

    /** Where an aggregate may stand: over people, for each person, and over results. */
    public String aggregate(String example) {
        String people = Values.PEOPLE.in(example).orElseThrow();
        return "%s | %s | %s"
                .formatted(
                        yes(permits("SELECT " + people + " FROM hospital.admissions")),
                        yes(permits("SELECT count(*) FROM (SELECT patient_id, " + people
                                + " AS x FROM hospital.admissions GROUP BY patient_id) s")),
                        yes(permits("SELECT " + Values.RESULTS.in(example).orElseThrow() + " FROM " + LISTED)));
    }

    /** Where a window function may stand: over the rows of one person, and over results. */
    public String window(String example) {
        return "%s | %s"
                .formatted(
                        yes(permits(perPerson(example))),
                        yes(permits("SELECT " + Values.RESULTS.in(example).orElseThrow() + " OVER (ORDER BY t) FROM "
                                + LISTED)));
    }

    private static String perPerson(String example) {
        return "SELECT count(*) FROM (SELECT patient_id, "
                + Values.PEOPLE.in(example).orElseThrow()
                + " OVER (PARTITION BY patient_id ORDER BY admitted) AS x FROM hospital.admissions) s WHERE x IS NOT NULL";
    }

    private static String yes(boolean permitted) {
        return permitted ? "yes" : "–";
    }

    /** What a source of the dialect is asked for an expression, of whatever it may be asked; refused; or nothing where no source computes it. */
    public String text(String dialect, String example) {
        String people = Values.PEOPLE.in(example).orElseThrow();
        Optional<String> reference = Values.REFERENCE.in(example);
        List<Asked> asked = new ArrayList<>();
        String chosen = "(?s)AS .s1. WHERE (.*)$";
        reference.ifPresent(
                r -> asked.add(new Asked("diabetes", "SELECT lsoa FROM hospital.geography WHERE " + r, chosen)));
        asked.add(new Asked("flow", "SELECT method FROM hospital.admissions WHERE " + people, chosen));
        Asked rows = new Asked("flow", "SELECT " + people + " FROM hospital.admissions", "SELECT (.*?) AS .c0.");
        Optional<Asked> whole = reference.map(
                r -> new Asked("diabetes", "SELECT " + r + " FROM hospital.geography", "SELECT (.*?) AS .c0."));
        if (!example.contains("{t}")) {
            asked.add(rows);
        }
        whole.ifPresent(asked::add);
        asked.add(rows);
        asked.add(new Asked(
                "diabetes",
                "SELECT " + people + ", count(*) FROM hospital.admissions GROUP BY 1",
                "SELECT ((?:(?!SELECT).)*?) AS .k0., .s1.\\..~subject."));
        return text(dialect, asked);
    }

    private record Asked(String project, String sql, String found) {}

    private String text(String dialect, List<Asked> all) {
        for (Asked asked : all) {
            Optional<Permit> permit = permit(dialect, asked.project(), asked.sql());
            if (permit.isEmpty()) {
                continue;
            }
            try {
                for (GeneratedSelect select : new Rewriter()
                        .rewrite(permit.get(), DemoPermits.policy(dialect))
                        .selects()) {
                    Matcher text = Pattern.compile(asked.found()).matcher(select.sql());
                    if (text.find()) {
                        return "`" + shortened(text.group(1)) + "`";
                    }
                }
            } catch (ProblemException e) {
                return "refused";
            }
        }
        return "–";
    }

    private static String shortened(String text) {
        String plain =
                text.replaceAll("[\\[\"]s1[\\]\"]\\.", "").replace("\t", "⇥").replace("|", "\\|");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }

    /** The text of a window function over the rows of one person. */
    public String windowText(String dialect, String example) {
        return text(
                dialect,
                List.of(new Asked(
                        "diabetes",
                        perPerson(example),
                        "(?i)(\\b\\w+\\((?:[^()]|\\([^()]*\\))*\\) OVER \\(PARTITION (?:[^()]|\\([^()]*\\))*\\))")));
    }

    /** Of what parts an aggregate over people is made, and whether each dialect says them. */
    public String parts(String example) {
        String sql = "SELECT " + Values.PEOPLE.in(example).orElseThrow() + " FROM hospital.admissions";
        if (!(permit("postgresql", "diabetes", sql).orElse(null) instanceof Permit.Aggregates permit)) {
            return "– | –";
        }
        Set<String> parts = new LinkedHashSet<>();
        permit.blocks().forEach(b -> {
            for (int i = 0; i < b.atoms().size(); i++) {
                if (b.told().contains(i) || b.atoms().get(i) instanceof Atom.Position) {
                    parts.add(part(b.atoms().get(i)));
                }
            }
        });
        String other = "the same";
        try {
            new Rewriter().rewrite(permit("sqlserver", "diabetes", sql).orElseThrow(), DemoPermits.policy("sqlserver"));
        } catch (ProblemException refused) {
            other = "refused";
        }
        return String.join(", ", parts) + " | " + (parts.isEmpty() ? "–" : other);
    }

    private static String part(Atom atom) {
        return switch (atom) {
            case Atom.Units u -> "people";
            case Atom.Rows r -> "rows";
            case Atom.Records r -> "records";
            case Atom.Sum s ->
                s.argument() instanceof Expr.Call call && call.op() == Op.MULTIPLY ? "sum of products" : "sum";
            case Atom.DistinctValues d -> "values that enough people have";
            case Atom.Position p -> "mean of neighbours";
        };
    }
}
