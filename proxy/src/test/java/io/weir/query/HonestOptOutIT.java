package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The honest statements where a quarter of the people have opted out: what is shown is what PostgreSQL says over views without them, rounded as the profile says, wherever in a statement
 * the people stand.
 */
class HonestOptOutIT {
    private static final String KEPT = "practice_code IN ('P00001', 'P00002', 'P00003', 'P00004', 'P00005', 'P00006')";

    private static final List<String> VIEWS = List.of(
            "person AS SELECT * FROM hospital.person WHERE " + KEPT,
            "admission AS SELECT a.* FROM hospital.admission a JOIN kept.person USING (person_id)",
            "prescription AS SELECT a.* FROM hospital.prescription a JOIN kept.person USING (person_id)",
            "lab_result AS SELECT a.* FROM hospital.lab_result a JOIN kept.person USING (person_id)",
            "outpatient AS SELECT a.* FROM hospital.outpatient a JOIN kept.person USING (person_id)",
            "episode AS SELECT a.* FROM hospital.episode a JOIN kept.admission USING (admission_id)",
            "procedure AS SELECT a.* FROM hospital.procedure a JOIN kept.admission USING (admission_id)",
            "diagnosis AS SELECT a.* FROM hospital.diagnosis a JOIN kept.episode USING (episode_id)");

    /** Over groups by practice: one of which everybody has opted out is listed with nobody, as a practice without patients is. */
    private static final Set<String> OVER_LISTED_GROUPS =
            Set.of("percent_rank_of_practices", "min_max_of_aggregates", "median_of_aggregates");

    /** What is found when all answers are compared with one set of tables. */
    private record Found(long exactly, List<String> differences) {}

    @Test
    void answersAreThoseOfThePeopleWhoAreKept() throws IOException, SQLException {
        HonestRoad road = HonestRoad.under("opted", HonestOptOutIT::optOut);
        road.database.run("CREATE SCHEMA kept");
        for (String view : VIEWS) {
            road.database.run("CREATE VIEW kept." + view);
        }
        try (Connection connection = road.database.connect()) {
            Found kept = new Found(0, new ArrayList<>());
            Found all = new Found(0, new ArrayList<>());
            for (HonestStatements statement : HonestStatements.of(HonestSqlIT.Corpus.HOSPITAL.path())) {
                DemoRoad.Result shown = road.analyst("cohort")
                        .flagged(statement.sql(), statement.parameters().toArray());
                if (shown.problem() == null && !OVER_LISTED_GROUPS.contains(statement.name())) {
                    kept = compare(kept, statement, shown, connection, "kept, hospital");
                    all = compare(all, statement, shown, connection, "hospital");
                }
            }
            assertThat(kept.differences()).isEmpty();
            assertThat(kept.exactly()).isGreaterThan(1_400);
            // The same over everybody: the test would see people who should not be there.
            assertThat(all.differences()).hasSizeGreaterThan(1_000);
        }
    }

    private static void optOut(Path directory) throws IOException {
        Path file = directory.resolve("datasets/hospital-person.yaml");
        String values = KEPT.replaceAll(".*\\(|\\).*", "").replace('\'', '"');
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                "(?m)^columns:$",
                                "optOut:\n  - column: practice_code\n    in: [%s]\ncolumns:".formatted(values)));
    }

    private static Found compare(
            Found before, HonestStatements statement, DemoRoad.Result shown, Connection connection, String tables)
            throws SQLException {
        try (Statement settings = connection.createStatement()) {
            settings.execute("SET search_path = " + tables);
        }
        HonestRounded.Expected expected = statement.rounded(connection);
        Set<Integer> measures =
                HonestAnswers.measures(shown, expected.exact().columns().size());
        HonestRounded.Compared compared = expected.compare(shown.rows(), measures);
        List<String> differences = new ArrayList<>(before.differences());
        compared.differences().forEach(d -> differences.add(statement.name() + ": " + d));
        return new Found(before.exactly() + compared.exactly(), differences);
    }
}
