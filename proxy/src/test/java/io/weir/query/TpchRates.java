package io.weir.query;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many of TPC-H's 22 queries are answered in their own words over its own tables, where customers are people. The texts are not in this repository: name the folder with the
 * templates, {@code 1.sql} to {@code 22.sql}, as the first argument, and month or day, which is the grid of days, as the second. Prints each text's fate, and how an answer from which next to
 * nothing is hidden differs from PostgreSQL's.
 */
final class TpchRates {
    private static final BigDecimal NEAR = new BigDecimal("0.001");

    private TpchRates() {}

    public static void main(String[] args) throws IOException, SQLException {
        Path folder = Path.of(args[0]);
        String unit = args.length > 1 ? args[1] : "month";
        HonestRoad road = HonestRoad.tpch(unit);
        Map<String, List<Integer>> stages = new TreeMap<>();
        try (Connection connection = road.database.connect();
                Statement settings = connection.createStatement()) {
            settings.execute("SET search_path = tpch");
            for (int number : TpchTexts.numbers()) {
                String sql = TpchTexts.statement(number, Files.readString(folder.resolve(number + ".sql")));
                String fate = asked(number, sql, connection, road);
                System.out.println(number + ": " + fate);
                stages.computeIfAbsent(fate.replaceAll("(?s)[ ,].*", ""), s -> new ArrayList<>())
                        .add(number);
            }
        }
        System.out.println("days by " + unit + ": " + stages);
        System.exit(0);
    }

    private static String asked(int number, String sql, Connection connection, HonestRoad road) {
        HonestStatements statement = new HonestStatements("tpch_" + number, sql, Optional.empty(), List.of(), NEAR);
        try {
            HonestAnswers.require(connection, statement);
        } catch (SQLException e) {
            return "invalid " + e.getMessage();
        }
        try {
            road.read("cohort", sql);
        } catch (ProblemException e) {
            return "unread " + words(e.problem());
        }
        DemoRoad.Session analyst = road.analyst("cohort");
        if (HonestRoad.described(analyst, sql) instanceof Outcome.Refused<List<String>>(Problem problem)) {
            return "refused " + words(problem);
        }
        DemoRoad.Result shown = analyst.flagged(sql);
        DemoRoad.Result open = road.insider("cohort").flagged(sql);
        Problem problem = shown.problem() != null ? shown.problem() : open.problem();
        if (problem != null) {
            return "unanswered " + words(problem);
        }
        try {
            HonestAnswers.Table truth = HonestAnswers.truth(connection, statement);
            int width = truth.columns().size();
            Set<Integer> measures = HonestAnswers.measures(shown, width);
            measures.addAll(HonestAnswers.measures(open, width));
            List<String> differences = HonestAnswers.differences(truth, open.rows(), measures, NEAR);
            return "answered %s, %d rows and PostgreSQL's %d, differences %d %s"
                    .formatted(
                            HonestNumbers.of(truth, shown.rows(), measures),
                            shown.rows().size(),
                            truth.rows().size(),
                            differences.size(),
                            differences.stream().limit(2).toList());
        } catch (SQLException e) {
            return "answered, though PostgreSQL says " + e.getMessage();
        }
    }

    private static String words(Problem problem) {
        return "%s: %s | %s".formatted(problem.code(), problem.detail(), problem.hint());
    }
}
