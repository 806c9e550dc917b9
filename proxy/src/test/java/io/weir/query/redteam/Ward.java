package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.connector.source.SourceConnector;
import io.weir.demo.data.DemoData;
import io.weir.demo.data.DemoSizes;
import io.weir.embedded.TestPostgres;
import io.weir.embedded.TestPostgres.TestDatabase;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.ProblemCode;
import io.weir.query.DemoRoad;
import io.weir.query.FrontEndCrash;
import io.weir.query.MemoryPublishedAnswers;
import io.weir.query.PolicyEdits;
import io.weir.query.RecordingAuditLog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A small hospital in which one person has a secret. From world to world other people opt out, so that every total is another one and no attacker can know what it
 * would be without the secret.
 */
final class Ward implements AutoCloseable {
    /** How answers are protected. */
    enum Protection {
        /** The demo's own interactive profile. */
        DEMO,
        /** The demo's thresholds, and nothing rounded: what the history of answers alone holds back. */
        SHARP,
        /** As before, the years of stays are public, so that totals over them are computed, their weekdays are granted, and extremes hidden. */
        PERIOD,
        /** As SHARP, beside a second source in which the same people are: {@link Twins}. */
        TWO_SOURCES,
        /** None: PostgreSQL itself, of those who have not opted out. */
        NONE
    }

    /** One analyst, who asks and remembers. */
    interface Desk {
        Table ask(String sql);

        /** Somebody else of another project, who shares the data set with the first. */
        Desk colleague();
    }

    /** What an answer showed. Hidden is null. */
    record Table(boolean refused, List<List<@Nullable Object>> rows, List<String> notices) {
        /** A number of the first row, or null when it is hidden or not there. */
        @Nullable
        Double number(int column) {
            return rows.isEmpty() ? null : number(rows.getFirst().get(column));
        }

        /** The number beside a key. */
        @Nullable
        Double at(Object key) {
            for (List<@Nullable Object> row : rows) {
                if (String.valueOf(row.getFirst()).equals(String.valueOf(key))) {
                    return number(row.getLast());
                }
            }
            return null;
        }

        /** The numbers of the last column added up, or null when one is hidden. */
        @Nullable
        Double total() {
            double total = 0;
            for (List<@Nullable Object> row : rows) {
                Double number = number(row.getLast());
                if (number == null) {
                    return null;
                }
                total += number;
            }
            return rows.isEmpty() ? null : total;
        }

        static @Nullable Double number(@Nullable Object value) {
            return value instanceof Number number ? number.doubleValue() : null;
        }
    }

    private static final String DAY_OF_ADMISSION =
            "description: Day of admission, by month (by week in rows)\n    nullable: false\n";
    private static final String PERIOD = "    domain: {from: 2023-01-01, until: 2026-01-01}\n    parts: [weekday]\n";

    static final long TARGET = 9_000_010;

    private final TestDatabase database;
    private final SourceConnector connector;
    private final Connection connection;
    private final Map<Protection, PolicySnapshot> policies = new EnumMap<>(Protection.class);
    private final Map<ProblemCode, Integer> refused = new EnumMap<>(ProblemCode.class);
    private int asked;

    Ward() throws SQLException, IOException {
        database = TestPostgres.createDatabase();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        DemoData.generate(source, DemoData.SEED, new DemoSizes(1_500, 4_500, 1_500));
        database.run(
                // Nobody else of this ethnic category was born in that year.
                "update hospital.patients set date_of_birth = date '1975-05-05' where ethnicity = 'C' and date_of_birth between date '1971-01-01' and date '1971-12-31'",
                """
                insert into hospital.patients select %1$d, '0000000042', 'Name', 'Family', date '1971-03-12', 'F', 'C', lsoa, 'Z99053', 3, false,
                    date '2015-04-11', null from hospital.patients where patient_id = (select min(patient_id) from hospital.patients where lsoa is not null)""".formatted(TARGET),
                """
                insert into hospital.admissions values (%1$d, %1$d, date '2024-03-12', date '2024-03-15', '21', 'N390', 'Z02', 3000, false, null)""".formatted(TARGET),
                "create schema open");
        for (String table : List.of("patients", "admissions", "prescriptions")) {
            database.run("create view open." + table + " as select * from hospital." + table + " where not opted_out");
        }
        for (String table : List.of("sexes", "ethnicities", "geography", "providers", "practices", "icd10", "bnf")) {
            database.run("create view open." + table + " as select * from hospital." + table);
        }
        connector = DemoRoad.connector(database);
        connection = database.connect();
        policies.put(Protection.DEMO, DemoRoad.shared().policy);
        policies.put(
                Protection.PERIOD,
                DemoRoad.shared()
                        .policy(
                                "ward-period",
                                PolicyEdits.ofRules(text ->
                                        PolicyEdits.unrounded(text.replace(DAY_OF_ADMISSION, DAY_OF_ADMISSION + PERIOD)
                                                .replace("history: true\n", "history: true\nextremes: hidden\n")))));
        policies.put(
                Protection.SHARP, DemoRoad.shared().policy("ward-sharp", PolicyEdits.ofRules(PolicyEdits::unrounded)));
        policies.put(
                Protection.TWO_SOURCES,
                DemoRoad.shared().policy("ward-twins", Twins.linked(PolicyEdits.ofRules(PolicyEdits::unrounded))));
    }

    /** Makes another world: of every fourth person it is drawn anew whether they opted out. Secrets are as they were when nobody drew them. */
    void world(long seed) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("patients", "admissions", "prescriptions")) {
                statement.execute("update hospital." + table
                        + " set opted_out = hashint8extended(patient_id, " + seed + ") % 2 = 0"
                        + " where hashint8extended(patient_id, 0) % 4 = 0 and patient_id <> " + TARGET);
            }
            for (Secret secret : Secret.values()) {
                statement.execute(secret.of(true, TARGET));
            }
            statement.execute("update hospital.admissions set cost = 3000 where admission_id = " + TARGET);
        }
    }

    void draw(Secret secret, boolean bit) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(secret.of(bit, TARGET));
        }
    }

    /** A refusal protects, too, but then nothing was tried: a pattern and a bound off the grid are all that may be refused, and rarely. */
    void assertNearlyAllIsAnswered() {
        assertThat(asked).isPositive();
        assertThat(refused.keySet()).isSubsetOf(ProblemCode.OFF_GRID);
        assertThat(refused.getOrDefault(ProblemCode.OFF_GRID, 0)).isLessThan(asked / 50);
    }

    /** An analyst with an empty history. */
    Desk desk(Protection protection) {
        return protection == Protection.NONE
                ? new Open()
                : new Road(protection, new MemoryPublishedAnswers(), "ada", "diabetes");
    }

    private final class Road implements Desk {
        private final Protection protection;
        private final MemoryPublishedAnswers published;
        private final DemoRoad.Session session;

        private Road(Protection protection, MemoryPublishedAnswers published, String person, String project) {
            this.protection = protection;
            this.published = published;
            PolicySnapshot policy = Objects.requireNonNull(policies.get(protection));
            session = DemoRoad.shared()
                    .session(
                            person,
                            project,
                            published,
                            new RecordingAuditLog(),
                            Map.of("hospital", connector, Twins.ID, connector),
                            () -> policy,
                            1_000_000);
        }

        @Override
        public Table ask(String sql) {
            DemoRoad.Result result = session.run(sql);
            if (FrontEndCrash.is(result.problem())) {
                throw new AssertionError("the front end failed on " + sql);
            }
            asked++;
            if (result.problem() != null) {
                refused.merge(result.problem().code(), 1, Integer::sum);
            }
            return new Table(result.problem() != null, result.rows(), result.notices());
        }

        @Override
        public Desk colleague() {
            return new Road(protection, published, "ben", "flow");
        }
    }

    private final class Open implements Desk {
        @Override
        public Table ask(String sql) {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(
                            sql.replace("hospital.", "open.").replace("lab.", "open."))) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                while (found.next()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        row.add(found.getObject(i));
                    }
                    rows.add(row);
                }
                return new Table(false, rows, List.of());
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        @Override
        public Desk colleague() {
            return this;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
