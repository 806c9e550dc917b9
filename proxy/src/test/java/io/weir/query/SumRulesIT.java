package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.PolicySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each rule for sums hides what it alone is about. In every place are 41 people: 39 who pay about 100 each and two of whom the places differ in
 * what they pay. The shares beside the cases are the largest and the second largest of a place's total.
 */
class SumRulesIT {
    private static final DemoRoad ROAD = DemoRoad.shared();
    private static final String TABLE = """
            CREATE TABLE hospital.bills AS
              WITH person AS (SELECT patient_id, opted_out, row_number() OVER (ORDER BY patient_id) - 1 AS n
                              FROM hospital.patients WHERE NOT opted_out)
              SELECT n AS bill_id, patient_id, opted_out, (ARRAY['even', 'one', 'three', 'two'])[n / 41 + 1] AS place,
                     (CASE n WHEN 41 THEN 9500 WHEN 82 THEN 11000 WHEN 83 THEN 9000 WHEN 123 THEN 4800 WHEN 124 THEN 4700
                             ELSE 100 + n * 37 % 17 END)::numeric(10,2) AS amount
              FROM person WHERE n < 164
            """;
    private static final String BILLS = PersonalDataset.yaml("hospital.bills", "bill_id", "bill", """
            - {name: place, type: text, class: attribute, description: Where, nullable: false, domain: {values: [even, one, three, two]}}
            - {name: amount, type: "numeric(10,2)", class: attribute, description: Paid, nullable: false, roundingStep: 100}
            """);

    @BeforeAll
    static void table() throws SQLException {
        try (Connection connection = ROAD.database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    private static PolicySnapshot policy(String folder, DemoRoad.PolicyChange change) throws IOException {
        return ROAD.policy("sums-" + folder, directory -> {
            change.of(directory);
            Files.writeString(directory.resolve("datasets/bills.yaml"), BILLS);
            DemoRoad.grant(directory, "hospital.bills");
        });
    }

    private static DemoRoad.PolicyChange sums(String rules) {
        return PolicyEdits.ofRules(text ->
                text.replaceAll("dominanceN: .*\ndominanceK: .*\npPercent: .*\n", rules.replace("; ", "\n") + "\n"));
    }

    /** Places whose sum is hidden. */
    private static Set<String> hidden(PolicySnapshot policy) {
        DemoRoad.Result answer = ROAD.session(
                        "ada",
                        "diabetes",
                        new MemoryPublishedAnswers(),
                        new RecordingAuditLog(),
                        ROAD.connector,
                        () -> policy)
                .run("select place, sum(amount) from hospital.bills group by place");
        assertThat(answer.problem()).isNull();
        assertThat(answer.rows()).hasSize(4);
        Set<String> hidden = new TreeSet<>();
        for (List<@Nullable Object> row : answer.rows()) {
            if (row.get(1) == null) {
                hidden.add(String.valueOf(row.getFirst()));
            }
        }
        return hidden;
    }

    @Test
    void thePlacesAreWhatTheyAreSaidToBe() {
        assertThat(ROAD.truthAsText("""
                        SELECT place, count(*), round(100 * max(amount) / sum(amount)),
                               round(100 * (array_agg(amount ORDER BY amount DESC))[2] / sum(amount))
                        FROM hospital.bills GROUP BY place ORDER BY place"""))
                .containsExactly(
                        List.of("even", "41", "3", "3"),
                        List.of("one", "41", "69", "1"),
                        List.of("three", "41", "45", "37"),
                        List.of("two", "41", "35", "34"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            the-first-rule  | dominance: [{contributors: 1, share: 0.6}]; pPercent: 0.01 | one
            both-rules      | dominance: [{contributors: 1, share: 0.6}, {contributors: 2, share: 0.7}]; pPercent: 0.01 | one,three
            a-closer-second | dominance: [{contributors: 2, share: 0.67}, {contributors: 1, share: 0.6}]; pPercent: 0.01 | one,three,two
            the-pair        | dominanceN: 1; dominanceK: 0.6; pPercent: 0.01 | one
            no-rule-fails   | dominance: [{contributors: 1, share: 0.9}]; pPercent: 0.01 | none
            p-percent       | dominance: [{contributors: 1, share: 0.9}]; pPercent: 0.45 | one,three
            p-and-q         | dominance: [{contributors: 1, share: 0.9}]; priorPosterior: {p: 0.09, q: 0.2} | one,three
            q-is-wider      | dominance: [{contributors: 1, share: 0.9}]; priorPosterior: {p: 0.09, q: 0.225} | three
            """)
    void aRuleHidesWhatItIsAbout(String name, String rules, @Nullable String places) throws IOException {
        assertThat(hidden(policy(name, sums(rules))))
                .isEqualTo(places == null ? Set.of() : Set.of(places.split(",", -1)));
    }

    /** Both of its rules, from the preset: 1 in 0.5 and 2 in 0.67. */
    @Test
    void aPresetWithTwoRulesIsExtended() throws IOException {
        PolicySnapshot extending = policy("preset", directory -> {
            for (String profile : List.of("hes-2018-like", "nhse-sde")) {
                Path file = directory.resolve("profiles/" + profile + ".yaml");
                Files.writeString(
                        file, "name: " + profile + "\nfamily: exact\nextends: abs-datalab\nmayOnlyTighten: true\n");
            }
        });
        assertThat(hidden(extending)).isEqualTo(Set.of("one", "three", "two"));
    }
}
