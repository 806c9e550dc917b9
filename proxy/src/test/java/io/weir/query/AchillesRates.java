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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many of the analyses of OHDSI's Achilles are answered. Its files are not in this repository: name the folder of the analyses as the argument. Prints the rates, and
 * each refusal with its rule and suggestion.
 */
final class AchillesRates {
    /** Files that are no analyses, and analyses that are left out, with the reason. */
    private static final Map<String, String> NOT_ASKED = Map.of(
            "achilles_analysis_ddl", "makes a table",
            "create_analysis_table", "makes a table",
            "create_result_concept_table", "reads Achilles' own results",
            "merge_achilles_tables", "reads Achilles' own results",
            "cost_distribution_template", "a template of other analyses",
            "raw_cost_template", "a template of other analyses");

    /** How near numbers are to the truth where next to nothing is protected: percentiles are means of neighbours. */
    private static final BigDecimal NEAR = new BigDecimal("0.1");

    private AchillesRates() {}

    /**
     * @param name of the analysis
     * @param stage how far it came: invalid (in PostgreSQL), parse, rule, answer
     * @param problem null when it was answered
     * @param shown how many of the answer's numbers are shown
     */
    private record Answer(
            String name, String stage, @Nullable Problem problem, String shown) {}

    public static void main(String[] args) throws IOException, SQLException {
        List<Answer> answers = new ArrayList<>();
        HonestRoad road = HonestRoad.wide();
        DemoRoad.Session analyst = road.analyst("omop");
        DemoRoad.Session insider = road.insider("omop");
        String only = args.length > 1 ? args[1] : ".*";
        try (Connection connection = road.database.connect();
                Statement settings = connection.createStatement();
                Stream<Path> files = Files.list(Path.of(args[0]))) {
            settings.execute("SET search_path = cdm");
            for (Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
                String name = file.getFileName().toString().replace(".sql", "");
                if (NOT_ASKED.containsKey(name) || !name.matches(only)) {
                    continue;
                }
                OhdsiSql.statements(Files.readString(file)).forEach((table, sql) -> {
                    Answer answer = asked(table, sql, connection, road, analyst, insider);
                    answers.add(answer);
                    if (args.length > 1) {
                        System.out.println(sql);
                    }
                });
            }
        }
        report(answers);
        System.exit(0);
    }

    private static Answer asked(
            String name,
            String sql,
            Connection connection,
            HonestRoad road,
            DemoRoad.Session analyst,
            DemoRoad.Session insider) {
        try {
            connection.prepareStatement(sql).getMetaData();
        } catch (SQLException e) {
            return new Answer(
                    name,
                    "invalid",
                    Problem.of(io.weir.problem.ProblemCode.SYNTAX, String.valueOf(e.getMessage())),
                    "");
        }
        try {
            road.read("omop", sql);
        } catch (ProblemException e) {
            return new Answer(name, "parse", e.problem(), "");
        }
        if (HonestRoad.described(analyst, sql) instanceof Outcome.Refused<List<String>>(Problem problem)) {
            return new Answer(name, "rule", problem, "");
        }
        DemoRoad.Result result = analyst.flagged(sql);
        if (result.problem() != null) {
            return new Answer(name, "answer", result.problem(), "");
        }
        long all = 0;
        long hidden = 0;
        for (List<@Nullable Object> row : result.rows()) {
            for (int i = row.size() / 2; i < row.size(); i++) {
                all += "ok".equals(row.get(i)) ? 0 : 1;
                hidden += "hidden".equals(row.get(i)) ? 1 : 0;
            }
        }
        String shown =
                (all - hidden) + " of " + all + " numbers in " + result.rows().size() + " rows";
        return new Answer(name, "answered", null, shown + lie(name, sql, connection, insider, result));
    }

    /** Where an answer from which next to nothing is hidden differs from PostgreSQL's, in words. */
    private static String lie(
            String name, String sql, Connection connection, DemoRoad.Session insider, DemoRoad.Result flagged) {
        DemoRoad.Result open = insider.flagged(sql);
        if (open.problem() != null) {
            return ", not answered without protection: " + open.problem().detail();
        }
        HonestStatements statement = new HonestStatements(name, sql, Optional.empty(), List.of(), NEAR);
        try {
            HonestAnswers.Table truth = HonestAnswers.truth(connection, statement);
            int width = truth.columns().size();
            Set<Integer> measures = HonestAnswers.measures(open, width);
            measures.addAll(HonestAnswers.measures(flagged, width));
            if (Boolean.getBoolean("rows")) {
                System.out.println("analyst " + flagged.rows().stream().limit(3).toList());
                System.out.println("insider " + open.rows().stream().limit(3).toList());
                System.out.println("truth   " + truth.rows().stream().limit(3).toList());
            }
            return HonestAnswers.differences(truth, open.rows(), measures, NEAR).stream()
                    .limit(2)
                    .map(d -> ", " + d)
                    .collect(Collectors.joining());
        } catch (SQLException e) {
            return ", PostgreSQL says " + e.getMessage();
        }
    }

    private static void report(List<Answer> answers) {
        Map<String, Integer> stages = new TreeMap<>();
        Map<String, List<String>> reasons = new TreeMap<>();
        for (Answer answer : answers) {
            stages.merge(answer.stage(), 1, Integer::sum);
            Problem problem = answer.problem();
            if (problem != null) {
                reasons.computeIfAbsent(
                                "%s %s: %s | %s"
                                        .formatted(answer.stage(), problem.code(), problem.detail(), problem.hint()),
                                r -> new ArrayList<>())
                        .add(answer.name());
            } else {
                System.out.println(answer.name() + ": " + answer.shown());
            }
        }
        reasons.entrySet().stream()
                .sorted(Comparator.comparing(e -> -e.getValue().size()))
                .forEach(e -> System.out.println(e.getValue().size() + " × " + e.getKey() + " " + e.getValue()));
        System.out.println(answers.size() + " statements: " + stages);
    }
}
