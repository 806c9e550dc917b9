package io.weir.query;

import io.weir.connector.postgresql.PostgresSourceConnector;
import io.weir.embedded.TestPostgres;
import io.weir.embedded.TestPostgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A second source beside the demo hospital: tests of four in five of its people, in a database of its own. */
public final class Laboratory {
    public static final String ID = "laboratory";

    final TestDatabase database;
    final PostgresSourceConnector connector;

    /** @param hospital whose people it has samples of */
    public Laboratory(TestDatabase hospital) throws SQLException {
        this(hospital, "patient_id % 5 <> 0");
    }

    /** @param whose which of its people */
    Laboratory(TestDatabase hospital, String whose) throws SQLException {
        database = TestPostgres.createDatabase();
        connector = DemoRoad.connector(database);
        fill(hospital, database, whose);
    }

    public TestDatabase database() {
        return database;
    }

    /** Into any database. */
    static void fill(TestDatabase hospital, TestDatabase database, String whose) throws SQLException {
        database.run(
                "create schema lab",
                "create table lab.people (patient_id bigint primary key, sex varchar(1) not null, opted_out boolean not null)",
                "create table lab.tests (test_id bigint primary key, patient_id bigint not null, analyte varchar(6) not null,"
                        + " result numeric(8,2), taken timestamptz not null)",
                "create table lab.analytes (analyte varchar(6) primary key, description varchar(40) not null)",
                "insert into lab.analytes values ('HBA1C', 'Glycated haemoglobin'), ('CHOL', 'Cholesterol'),"
                        + " ('CREA', 'Creatinine'), ('TSH', 'Thyrotropin')",
                "create table lab.sexes (code varchar(1) primary key, word varchar(10) not null)",
                "insert into lab.sexes values ('F', 'women'), ('M', 'men'), ('U', 'unknown'), ('X', 'others')");
        try (Connection from = hospital.connect();
                Connection to = database.connect();
                Statement read = from.createStatement();
                ResultSet people = read.executeQuery(
                        "select patient_id, sex, opted_out from hospital.patients where " + whose + " order by 1");
                PreparedStatement write = to.prepareStatement("insert into lab.people values (?, ?, ?)")) {
            while (people.next()) {
                for (int i = 1; i <= 3; i++) {
                    write.setObject(i, people.getObject(i));
                }
                write.addBatch();
            }
            write.executeBatch();
        }
        database.run("insert into lab.tests select 10 * patient_id + n, patient_id,"
                + " (array['HBA1C', 'CHOL', 'CREA', 'TSH'])[1 + (patient_id + n) % 4],"
                + " 40 + (patient_id * 7 + n * 13) % 60,"
                + " timestamptz '2024-01-01 12:00+00' + ((patient_id * 11 + n * 37) % 360) * interval '1 day'"
                + " from lab.people, generate_series(1, 3) n where n <= 1 + patient_id % 3");
    }

    /** Declares it, and grants all of it to the demo's aggregate project. */
    public void declare(Path policy) throws IOException {
        declare(policy, database.url().replaceFirst("\\?.*", ""));
    }

    /** Grants linkage of its people with those of the hospital to the demo's aggregate project. */
    static void link(Path policy) throws IOException {
        Path agreement = policy.resolve("agreements/dsa-2026-001.yaml");
        Files.writeString(
                agreement,
                Files.readString(agreement)
                        + "\nlinkage:\n  - namespace: patient\n    datasets: [hospital.patients, hospital.admissions, hospital.prescriptions, lab.people, lab.tests]\n");
    }

    /** The same at that address. */
    public static void declare(Path policy, String url) throws IOException {
        Path own = Path.of("src/test/resources/laboratory");
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(
                        policy.resolve(own.relativize(file).toString()),
                        Files.readString(file).replace("${LABORATORY_URL}", url));
            }
        }
        StringBuilder grants = new StringBuilder("\ngrants:\n");
        for (String dataset : List.of("lab.people", "lab.tests", "lab.analytes", "lab.sexes")) {
            grants.append("  - dataset: ").append(dataset).append("\n    columns: ");
            grants.append(dataset.equals("lab.people") ? "{allExcept: [opted_out]}\n" : "all\n");
        }
        for (String agreement : List.of("dsa-2026-001", "dsa-2026-002")) {
            Path file = policy.resolve("agreements/" + agreement + ".yaml");
            String mode = agreement.endsWith("2")
                    ? grants.toString()
                            .replace("lab.people\n", "lab.people\n    mode: row_level\n")
                            .replace("lab.tests\n", "lab.tests\n    mode: row_level\n")
                    : grants.toString();
            Files.writeString(file, Files.readString(file).replace("\ngrants:\n", mode));
        }
    }
}
