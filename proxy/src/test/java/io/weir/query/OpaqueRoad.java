package io.weir.query;

import io.weir.policy.PolicySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo hospital with values of opaque types: {@code hospital.letters} about people, and {@code hospital.shapes}, reference data with a
 * column of each type.
 */
final class OpaqueRoad {
    private static final String TABLES = """
            CREATE TABLE hospital.letters AS
              SELECT row_number() OVER (ORDER BY patient_id) AS letter_id, patient_id, opted_out,
                     CASE WHEN patient_id % 3 <> 0
                          THEN jsonb_build_object('n', patient_id, 'a', jsonb_build_array(1.50, null, 'é "q"')) END AS body,
                     ('{"b" :' || patient_id || ', "b":[ 2 ]}')::json AS raw,
                     CASE WHEN rank() OVER (ORDER BY patient_id) <= 3 THEN decode('00ff5c61', 'hex') END AS scan,
                     CASE WHEN patient_id % 2 = 0 THEN ARRAY['a b', NULL, 'null', '', '"\\', 'c' || patient_id] END AS tags,
                     ARRAY[1.5, 2.25]::numeric(6,2)[] AS readings,
                     ARRAY[date '2024-02-29', '0044-03-15 BC', '12345-01-02']::date[] AS days,
                     '{"note": "secret"}'::jsonb AS note, decode('deadbeef', 'hex') AS withheld
              FROM hospital.patients;
            CREATE TABLE hospital.shapes (id int PRIMARY KEY, b bytea, j json, jb jsonb, bools bool[], i2 int2[], i4 int4[], i8 int8[],
              f4 float4[], f8 float8[], n numeric[], n2 numeric(6,2)[], t text[], v varchar(5)[], c char(3)[], d date[], tm time[],
              ts timestamp[], tz timestamptz[], iv interval[], u uuid[], bs bytea[], js json[], jbs jsonb[], single interval);
            INSERT INTO hospital.shapes VALUES
              (1, '\\x', '"x"', 'null', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
               '{}', '{}', '{}', '{}', '0'),
              (2, '\\x005c22ff', '{"a" :1,  "a":2}', '{"bb": 1e2, "a": [true, null]}', '{t,NULL,f}', '{1,-2}', '[0:1]={1,2}',
               '{{1,2},{3,4}}', '{1.5,NaN,1e20}', '{0.1,-Infinity,1e-7,1e15}', '{0.00,-12.3450,1e30}', '{1.5,2.255}',
               ARRAY['', 'null', 'a,b', '"', '\\', E'tab\\t', 'é', '{}', NULL], '{abcde,"a b"}', '{a,"b c"}',
               ARRAY['2024-02-29', '0044-03-15 BC', '12345-01-02', NULL]::date[], '{13:14:15.16,00:00}',
               '{2024-02-29 13:14:15.123456,0044-03-15 01:02:03 BC}', '{2024-07-01 12:00:00.5+02,12345-01-01 00:00+00}',
               '{14 mons 3 days 04:05:06.789,-1 years +2 days -00:00:01,0}', '{12345678-9abc-def0-1234-56789abcdef0}',
               ARRAY['\\x00ff'::bytea, NULL], ARRAY['{"a" : 1}'::json], ARRAY['{"a" : 1}'::jsonb, 'null'], '-14 mons +3 days -04:05:06.7'),
              (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
               NULL, NULL, NULL, NULL, NULL)
            """;

    private static final String LETTERS = PersonalDataset.yaml("hospital.letters", "letter_id", "letter", """
            - {name: body, type: jsonb, class: attribute, description: What was written}
            - {name: raw, type: json, class: public, description: As it came}
            - {name: scan, type: bytea, class: attribute, description: Picture}
            - {name: tags, type: "text[]", class: attribute, description: Tags}
            - {name: readings, type: "numeric(6,2)[]", class: attribute, description: Readings}
            - {name: days, type: _date, class: attribute, description: Days}
            - {name: note, type: jsonb, class: text, description: Note}
            - {name: withheld, type: bytea, class: attribute, description: Not shown, aggregateView: withhold, rowView: withhold}
            """);

    private static final List<String> SHAPES = List.of(
            "b bytea",
            "j json",
            "jb jsonb",
            "bools boolean[]",
            "i2 smallint[]",
            "i4 integer[]",
            "i8 _int8",
            "f4 real[]",
            "f8 double precision[]",
            "n numeric[]",
            "n2 numeric(6,2)[]",
            "t text[]",
            "v varchar(5)[]",
            "c char(3)[]",
            "d date[]",
            "tm time[]",
            "ts timestamp[]",
            "tz timestamptz[]",
            "iv interval[]",
            "u uuid[]",
            "bs bytea[]",
            "js json[]",
            "jbs jsonb[]",
            "single interval");

    private final DemoRoad road = DemoRoad.shared();
    private final PolicySnapshot policy;

    OpaqueRoad() throws IOException, SQLException {
        try (Connection connection = road.database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        policy = road.policy("opaque-policy", OpaqueRoad::write);
    }

    /** Names of the columns of {@code hospital.shapes}. */
    static Stream<String> shapes() {
        return SHAPES.stream().map(s -> s.substring(0, s.indexOf(' ')));
    }

    private static void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("datasets/letters.yaml"), LETTERS);
        StringBuilder shapes = new StringBuilder("""
                name: hospital.shapes
                source: hospital
                kind: reference
                description: Shapes
                owner: aldermere-trust
                recordKey: [id]
                columns:
                  - {name: id, type: integer, class: public, description: Number, nullable: false}
                """);
        for (String shape : SHAPES) {
            int blank = shape.indexOf(' ');
            shapes.append("  - {name: ")
                    .append(shape, 0, blank)
                    .append(", type: \"")
                    .append(shape.substring(blank + 1))
                    .append("\", class: public, description: Shape}\n");
        }
        Files.writeString(directory.resolve("datasets/shapes.yaml"), shapes.toString());
        DemoRoad.grant(directory, "hospital.letters", "hospital.shapes");
    }

    /** A session of a project where only aggregates are granted. */
    DemoRoad.Session aggregates() {
        return session("ada", "diabetes");
    }

    /** A session of a project where letters are granted as rows. */
    DemoRoad.Session rows() {
        return session("ben", "flow");
    }

    private DemoRoad.Session session(String person, String project) {
        return road.session(
                person, project, new MemoryPublishedAnswers(), new RecordingAuditLog(), road.connector, () -> policy);
    }
}
