package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What analysts really write, answered as PostgreSQL answers it. Each statement is asked three times: from PostgreSQL, from a policy that
 * protects nothing, which must tell the truth to the last row, and from the policy that an operator writes, which must tell it rounded or
 * not at all. What is refused is listed with its rule and its suggestion, exactly.
 */
class HonestSqlIT {
    private static final Path RESOURCES = Path.of("src/test/resources/honest");
    private static final Path PAGE = Path.of("../docs/reference/sql-support.md");
    private static final int THRESHOLD = 8;
    /** The first of each group is hidden, so that places are those among the others. */
    private static final String RANKED_BESIDE_HIDDEN = "pg_offset_cte_rank";

    /** Bodies of statements. */
    enum Corpus {
        HOSPITAL("cohort", "hospital", "Hospital data, written as analysts write"),
        OMOP("omop", "cdm", "OMOP common data model, written as analysts write"),
        CONSTRUCTS("cohort", "hospital", "Forms and functions one by one, over the hospital"),
        DECISION_SUPPORT("cohort", "hospital", "The kinds of questions of TPC-H, over the hospital"),
        IDIOM("omop", "cdm", "PostgreSQL idiom"),
        HAZARD("omop", "cdm", "Hazards: what is easily read wrongly");

        final String project;
        private final String schema;
        private final String title;

        Corpus(String project, String schema, String title) {
            this.project = project;
            this.schema = schema;
            this.title = title;
        }

        String title() {
            return title;
        }

        String path() {
            boolean shared = this == IDIOM || this == HAZARD;
            return (shared ? "/corpus/" : "statements/") + file() + ".sql";
        }

        String file() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** How far a corpus comes. */
    private static final class Tally {
        private int statements;
        private int invalid;
        private int read;
        private int ruled;
        private int answered;
        private int bound;
        private int boundAlike;
        private final List<String> refusals = new ArrayList<>();
        private final List<String> boundOtherwise = new ArrayList<>();
        private final List<String> notSql = new ArrayList<>();
        private final List<String> shown = new ArrayList<>();
        private long exactly;
        private long otherwise;
        private final List<String> notExactly = new ArrayList<>();
        private HonestNumbers numbers = HonestNumbers.NONE;
        private final List<String> lies = new ArrayList<>();

        private String line(String title) {
            int asked = statements - invalid;
            return "| %s | %d | %s | %s | %s | %s |"
                    .formatted(
                            title,
                            asked,
                            rate(read, asked),
                            rate(ruled, asked),
                            rate(answered, asked),
                            "%d of %d".formatted(boundAlike, bound));
        }

        private static String rate(int part, int whole) {
            return "%d (%d %%)".formatted(part, whole == 0 ? 0 : Math.round(100.0 * part / whole));
        }
    }

    private static final TreeMap<Corpus, Tally> TALLIES = new TreeMap<>();

    private static synchronized Tally tally(Corpus corpus) {
        return TALLIES.computeIfAbsent(corpus, HonestSqlIT::run);
    }

    private static Tally run(Corpus corpus) {
        Tally tally = new Tally();
        HonestRoad road = HonestRoad.shared();
        DemoRoad.Session insider = road.insider(corpus.project);
        DemoRoad.Session analyst = road.analyst(corpus.project);
        try (Connection connection = road.database.connect();
                Statement settings = connection.createStatement();
                ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            settings.execute("SET search_path = " + corpus.schema);
            for (HonestStatements statement : HonestStatements.of(corpus.path())) {
                tally.statements++;
                bound(tally, statement, connection, road, corpus);
                one(tally, statement, connection, road, insider, analyst, corpus, beside);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return tally;
    }

    private static void one(
            Tally tally,
            HonestStatements statement,
            Connection connection,
            HonestRoad road,
            DemoRoad.Session insider,
            DemoRoad.Session analyst,
            Corpus corpus,
            ExecutorService beside) {
        try {
            HonestAnswers.require(connection, statement);
        } catch (SQLException e) {
            tally.invalid++;
            tally.notSql.add(statement.name() + ": "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            DemoRoad.Result result =
                    analyst.run(statement.sql(), statement.parameters().toArray());
            if (result.problem() == null) {
                tally.lies.add(statement.name() + ": answered, though PostgreSQL says " + e.getMessage());
            }
            return;
        }
        try {
            road.read(corpus.project, statement.sql());
            tally.read++;
        } catch (ProblemException e) {
            refused(tally, statement, e.problem());
            return;
        }
        Outcome<List<String>> described = HonestRoad.described(analyst, statement.sql());
        DemoRoad.Result flagged;
        DemoRoad.Result exact;
        List<String> labels;
        CompletableFuture<Outcome<HonestAnswers.Table>> asked;
        switch (described) {
            case Outcome.Refused<List<String>>(Problem problem) -> {
                refused(tally, statement, problem);
                return;
            }
            case Outcome.Value<List<String>>(List<String> columns) -> {
                tally.ruled++;
                asked = CompletableFuture.supplyAsync(() -> truth(connection, statement), beside);
                CompletableFuture<DemoRoad.Result> second = CompletableFuture.supplyAsync(
                        () -> insider.flagged(
                                statement.sql(), statement.parameters().toArray()),
                        beside);
                flagged =
                        analyst.flagged(statement.sql(), statement.parameters().toArray());
                exact = second.join();
                labels = columns;
            }
        }
        asked.join();
        Problem problem = flagged.problem() != null ? flagged.problem() : exact.problem();
        if (problem != null) {
            refused(tally, statement, problem);
            return;
        }
        tally.answered++;
        HonestAnswers.Table truth;
        switch (asked.join()) {
            case Outcome.Refused<HonestAnswers.Table>(Problem refused) -> {
                tally.lies.add(statement.name() + ": answered, though PostgreSQL says " + refused.detail());
                return;
            }
            case Outcome.Value<HonestAnswers.Table>(HonestAnswers.Table table) -> truth = table;
        }
        if (!labels.equals(truth.columns())) {
            tally.lies.add(statement.name() + ": columns " + labels + " instead of " + truth.columns());
        }
        Set<Integer> measures = HonestAnswers.measures(flagged, truth.columns().size());
        measures.addAll(HonestAnswers.measures(exact, truth.columns().size()));
        List<String> differences =
                new ArrayList<>(HonestAnswers.differences(truth, exact.rows(), measures, statement.tolerance()));
        if (differences.isEmpty()
                && statement.sql().matches("(?is).*\\border by\\b[^)]*")
                && !HonestAnswers.sameOrder(truth, exact.rows(), measures, statement.tolerance())) {
            differences.add(
                    "in another order: " + exact.rows().stream().limit(5).toList() + " instead of "
                            + truth.rows().stream().limit(5).toList());
        }
        differences.addAll(HonestAnswers.unprotected(truth, flagged.rows(), measures, THRESHOLD));
        differences.addAll(rounded(tally, statement, connection, flagged, measures));
        HonestNumbers numbers = HonestNumbers.of(truth, flagged.rows(), measures);
        tally.numbers = tally.numbers.plus(numbers);
        tally.shown.add(statement.name() + ": " + numbers + HonestNumbers.neverShown(truth, flagged.rows(), measures));
        differences.stream().limit(4).forEach(d -> tally.lies.add(statement.name() + ": " + d));
    }

    /** Each number that is shown beside what PostgreSQL makes of the same statement when its aggregates are rounded as the profile says. */
    private static List<String> rounded(
            Tally tally,
            HonestStatements statement,
            Connection connection,
            DemoRoad.Result flagged,
            Set<Integer> measures) {
        HonestRounded.Compared compared;
        try {
            compared = statement.rounded(connection).compare(flagged.rows(), measures);
        } catch (SQLException e) {
            throw new IllegalStateException(statement.name(), e);
        }
        tally.exactly += compared.exactly();
        tally.otherwise += compared.otherwise();
        if (compared.otherwise() > 0) {
            tally.notExactly.add("%s: %d of %d"
                    .formatted(statement.name(), compared.otherwise(), compared.exactly() + compared.otherwise()));
        }
        return statement.name().equals(RANKED_BESIDE_HIDDEN) ? List.of() : compared.differences();
    }

    /** The statement with parameters where its literals stand, beside itself. */
    private static void bound(
            Tally tally, HonestStatements statement, Connection connection, HonestRoad road, Corpus corpus) {
        try {
            HonestAnswers.require(connection, statement);
        } catch (SQLException e) {
            return; // not SQL
        }
        DemoRoad.Result literal = road.analyst(corpus.project)
                .flagged(statement.sql(), statement.parameters().toArray());
        HonestParameters.Compared compared =
                HonestParameters.compare(statement, literal, road.analyst(corpus.project), connection);
        switch (compared.outcome()) {
            case NONE -> {}
            case INVALID -> tally.boundOtherwise.add(statement.name() + ": PostgreSQL says " + compared.words());
            case SAME -> {
                tally.bound++;
                tally.boundAlike++;
            }
            case DIFFERENT -> {
                tally.bound++;
                tally.boundOtherwise.add(statement.name() + ": " + compared.words());
            }
        }
    }

    private static Outcome<HonestAnswers.Table> truth(Connection connection, HonestStatements statement) {
        try {
            return Outcome.of(HonestAnswers.truth(connection, statement));
        } catch (SQLException e) {
            return Outcome.refused(Problem.of(ProblemCode.INVALID_VALUE, String.valueOf(e.getMessage())));
        }
    }

    private static void refused(Tally tally, HonestStatements statement, Problem problem) {
        tally.refusals.add(
                "%s: %s %s | %s".formatted(statement.name(), problem.code(), problem.detail(), problem.hint()));
        if (problem.hint() == null && problem.detail() == null) {
            tally.lies.add(statement.name() + ": refused without a reason: " + problem.code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersAreTheTruthWithinTheProtection(Corpus corpus) {
        // Hidden by the rules for two figures of one table: the mean's records and the count are the same by two
        // conditions.
        // In an arm of the person-years are nearly all, and few outside it.
        assertThat(tally(corpus).lies)
                .isSubsetOf("pg_filter_having: everything is hidden", "person_years: everything is hidden");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRefusedIsListedAndNothingElse(Corpus corpus) throws IOException {
        compare("refusals", corpus, String.join("\n", tally(corpus).refusals) + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalHasASuggestion(Corpus corpus) {
        assertThat(tally(corpus).refusals).noneMatch(r -> r.endsWith("| null"));
    }

    @ParameterizedTest
    @EnumSource
    void whatPostgresRefusesIsListedAndNotCounted(Corpus corpus) throws IOException {
        compare("not-sql", corpus, String.join("\n", tally(corpus).notSql) + "\n");
    }

    /** Under the operator's policy: how many numbers of each answer are shown, and how near they are. */
    @ParameterizedTest
    @EnumSource
    void whatIsShownIsListedWithHowNearItIs(Corpus corpus) throws IOException {
        compare("shown", corpus, String.join("\n", tally(corpus).shown) + "\n");
    }

    /** Numbers that are compared with the truth only within twenty-five or a tenth, because no rule of this test says how they are rounded. */
    @ParameterizedTest
    @EnumSource
    void whatIsNotComparedExactlyIsListed(Corpus corpus) throws IOException {
        String head = "%d numbers as the profile rounds them, %d otherwise%n"
                .formatted(tally(corpus).exactly, tally(corpus).otherwise);
        compare("rounded", corpus, head + String.join("\n", tally(corpus).notExactly) + "\n");
    }

    private static void compare(String folder, Corpus corpus, String actual) throws IOException {
        Path golden = RESOURCES.resolve(folder + "/" + corpus.file() + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }

    /** A parameter is ruled on like the literal that it is: where that makes a difference the statement is listed. */
    @ParameterizedTest
    @EnumSource
    void parametersMakeNoDifferenceButThoseListed(Corpus corpus) throws IOException {
        String head = "%d statements with parameters, %d like the literals%n"
                .formatted(tally(corpus).bound, tally(corpus).boundAlike);
        compare("parameters", corpus, head + String.join("\n", tally(corpus).boundOtherwise) + "\n");
    }

    @Test
    void ratesAreThoseOfTheReferencePage() throws IOException {
        StringBuilder page = new StringBuilder(HonestRoad.resource("sql-support.head.md"));
        page.append(
                "\n| corpus | statements | read | permitted | answered | with parameters the same |\n|---|---|---|---|---|---|\n");
        for (Corpus corpus : Corpus.values()) {
            page.append(tally(corpus).line(corpus.title)).append('\n');
        }
        page.append(HonestRoad.resource("sql-support.shown.md"));
        page.append(
                "\n| corpus | numbers | hidden | shown | compared | within 1 % | within 10 % | farther |\n|---|---|---|---|---|---|---|---|\n");
        for (Corpus corpus : Corpus.values()) {
            page.append(tally(corpus).numbers.line(corpus.title)).append('\n');
        }
        page.append(HonestRoad.resource("sql-support.foot.md"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.toString());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
    }
}
