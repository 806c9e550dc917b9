package io.weir.query;

import io.weir.policy.PolicySnapshot;
import io.weir.query.disclose.PublishedAnswers;
import io.weir.query.govern.plan.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The demo hospital with moments: {@code hospital.calls} about people, and {@code hospital.moments}, reference data with the hours at which
 * clocks change. The policy says that the source lives in Europe/London.
 */
final class ZonedRoad {
    private static final String TABLES = """
            CREATE TABLE hospital.calls AS
              SELECT n AS call_id, patient_id, opted_out,
                     timestamptz '2025-01-01 00:00+00' + (n * 7919 % 525600) * interval '1 minute' AS called,
                     timestamp '2025-01-01' + (n * 7919 % 525600) * interval '1 minute' AS logged,
                     date '2025-01-01' + (n * 7919 % 365)::int AS day,
                     timestamptz '2025-01-01 00:00+00' + (n * 7919 % 525600) * interval '1 minute' AS coarse
              FROM (SELECT row_number() OVER (ORDER BY patient_id, k) AS n, patient_id, opted_out
                    FROM hospital.patients, generate_series(1, 4) k) x;
            CREATE TABLE hospital.moments (id int PRIMARY KEY, at timestamptz, local timestamp, day date, said text);
            INSERT INTO hospital.moments
              SELECT row_number() OVER (ORDER BY l, h), l AT TIME ZONE 'UTC' + h * interval '30 minutes' - interval '14 hours',
                     l + (h % 8) * interval '30 minutes', l::date, l::text
              FROM unnest('{2025-03-09,2025-11-02,2025-03-30,2025-10-26,2025-04-06,2025-09-28,2024-02-29,2018-11-04,2011-12-30,
                            2010-01-31,1941-10-01,1900-01-01,1899-12-31,2040-06-30}'::timestamp[]) l, generate_series(0, 57, 3) h;
            INSERT INTO hospital.moments VALUES (9000, NULL, NULL, NULL, NULL)
            """;

    private static final String CALLS = PersonalDataset.yaml("hospital.calls", "call_id", "call", """
            - {name: called, type: timestamptz, class: attribute, description: When, grid: {dates: day}}
            - {name: logged, type: timestamp, class: attribute, description: When on the wall, grid: {dates: day}}
            - {name: day, type: date, class: attribute, description: Day, grid: {dates: day}}
            - name: coarse
              type: timestamptz
              class: quasi
              description: When, by year
              aggregateView: {dateGrain: year}
              rowView: {dateGrain: year}
              grid: {dates: year}
            """);

    private static final String MOMENTS = """
            name: hospital.moments
            source: hospital
            kind: reference
            description: Moments
            owner: aldermere-trust
            recordKey: [id]
            columns:
              - {name: id, type: integer, class: public, description: Number, nullable: false}
              - {name: at, type: timestamptz, class: public, description: Moment}
              - {name: local, type: timestamp, class: public, description: Local time}
              - {name: day, type: date, class: public, description: Day}
              - {name: said, type: text, class: public, description: In words}
            """;

    private static @Nullable ZonedRoad shared;

    private final DemoRoad road = DemoRoad.shared();
    final PolicySnapshot policy;

    private ZonedRoad() throws IOException, SQLException {
        try (Connection connection = road.database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        policy = road.policy("zoned-policy", ZonedRoad::write);
    }

    static synchronized ZonedRoad shared() {
        try {
            if (shared == null) {
                shared = new ZonedRoad();
            }
            return shared;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("datasets/calls.yaml"), CALLS);
        Files.writeString(directory.resolve("datasets/moments.yaml"), MOMENTS);
        DemoRoad.grant(directory, "hospital.calls", "hospital.moments");
    }

    /** A session of a project where only aggregates are granted. */
    DemoRoad.Session aggregates(PublishedAnswers published) {
        return session("ada", "diabetes", published);
    }

    /** A session of a project where calls are granted as rows. */
    DemoRoad.Session rows() {
        return session("ben", "flow", new MemoryPublishedAnswers());
    }

    private DemoRoad.Session session(String person, String project, PublishedAnswers published) {
        return road.session(person, project, published, new RecordingAuditLog(), road.connector, () -> policy);
    }

    /** What PostgreSQL says in a session of that time zone, as it writes the values. */
    List<List<@Nullable String>> truth(String timeZone, String sql) {
        return road.truthAsText(timeZone, sql);
    }

    /** Values of an answer as PostgreSQL writes them in a session of that zone. */
    static List<List<@Nullable String>> written(List<List<@Nullable Object>> rows, ZoneId zone) {
        return rows.stream()
                .map(row -> row.stream().map(v -> written(v, zone)).toList())
                .toList();
    }

    private static @Nullable String written(@Nullable Object value, ZoneId zone) {
        return switch (value) {
            case null -> null;
            case Instant moment -> Texts.print(moment, zone);
            case Boolean flag -> flag ? "t" : "f";
            default -> Texts.print(value);
        };
    }
}
