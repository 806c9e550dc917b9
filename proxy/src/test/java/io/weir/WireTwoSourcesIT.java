package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.embedded.TestPostgres.TestDatabase;
import io.weir.query.Laboratory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Two sources on two servers, asked through the whole of Weir by pgjdbc. */
class WireTwoSourcesIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static final String BOTH =
            "select h.sex, h.n, l.n from (select sex, count(*) as n from hospital.patients group by sex) h"
                    + " full join (select sex, count(*) as n from lab.people group by sex) l on l.sex = h.sex order by 1";

    @BeforeAll
    static void declareTheSecond() throws SQLException, IOException, InterruptedException {
        TestDatabase hospital = new TestDatabase(
                "postgres",
                WEIR.servers().source().cluster().jdbcUrl("postgres"),
                WEIR.servers().source().cluster().superuser(),
                WEIR.servers().source().cluster().superuserPassword().value());
        TestDatabase database = new Laboratory(hospital).database();
        String password = WEIR.servers().secret("source-password");
        database.run(
                "do $$ begin if not exists (select from pg_roles where rolname = 'weir_reader') then create role weir_reader login; end if; end $$",
                "alter role weir_reader password '" + password + "'",
                "grant usage on schema lab to weir_reader",
                "grant select on all tables in schema lab to weir_reader");
        Laboratory.declare(WEIR.servers().policyDirectory(), database.url().replaceFirst("\\?.*", ""));
        WEIR.startAgain();
    }

    @AfterAll
    static void takeItBack() throws IOException, InterruptedException {
        Path policy = WEIR.servers().policyDirectory();
        Files.delete(policy.resolve("sources/laboratory.yaml"));
        try (Stream<Path> datasets = Files.list(policy.resolve("datasets"))) {
            for (Path file : datasets.toList()) {
                if (String.valueOf(file.getFileName()).startsWith("lab-")) {
                    Files.delete(file);
                }
            }
        }
        WEIR.servers().installPolicy(policy);
        WEIR.startAgain();
    }

    private static List<List<String>> rows(ResultSet found) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        while (found.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                row.add(String.valueOf(found.getString(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    void bothAreAnsweredInOneStatementAndWithParameters() throws SQLException {
        try (Connection ada = WEIR.connect("ada", "diabetes");
                Statement statement = ada.createStatement()) {
            List<List<String>> all = rows(statement.executeQuery(BOTH));
            assertThat(all).hasSize(4);
            assertThat(all.getFirst().getFirst()).isEqualTo("F");
            assertThat(all.getFirst()).doesNotContain("null");
            try (PreparedStatement prepared = ada.prepareStatement(
                    "select (select count(*) from hospital.patients where sex = ?), (select count(*) from lab.people where sex = ?)")) {
                for (int i = 0; i < 7; i++) {
                    prepared.setString(1, "F");
                    prepared.setString(2, "F");
                    List<List<String>> one = rows(prepared.executeQuery());
                    assertThat(one.getFirst()).isEqualTo(all.getFirst().subList(1, 3));
                }
            }
        }
    }

    @Test
    void theCatalogueShowsBoth() throws SQLException {
        try (Connection ada = WEIR.connect("ada", "diabetes");
                ResultSet tables = ada.getMetaData().getTables(null, "lab", "%", new String[] {"TABLE"})) {
            List<String> names = new ArrayList<>();
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
                assertThat(tables.getString("REMARKS")).endsWith("Lies in source laboratory.");
            }
            assertThat(names).containsExactlyInAnyOrder("analytes", "people", "sexes", "tests");
        }
    }

    private static ServerErrorMessage refused(Statement statement, String sql) {
        ServerErrorMessage[] message = new ServerErrorMessage[1];
        assertThatThrownBy(() -> statement.executeQuery(sql))
                .isInstanceOfSatisfying(PSQLException.class, e -> message[0] = e.getServerErrorMessage());
        return message[0];
    }

    @Test
    void whatCannotBeJoinedIsRefusedWithWhereItLies() throws SQLException {
        try (Connection ada = WEIR.connect("ada", "diabetes");
                Statement statement = ada.createStatement()) {
            ServerErrorMessage message = refused(
                    statement,
                    "select count(*) from hospital.patients p join lab.people l on l.patient_id = p.patient_id");
            assertThat(message.getSQLState()).isEqualTo("0A000");
            assertThat(message.getDetail())
                    .contains("hospital.patients in source hospital", "lab.people in source laboratory");
            assertThat(message.getHint()).contains("Aggregate in each source");
        }
    }

    @Test
    void whenOneIsDownTheOtherGoesOn() throws Exception {
        try (Connection ada = WEIR.connect("ada", "diabetes");
                Statement statement = ada.createStatement()) {
            WEIR.servers().source().cutOff();
            try {
                ServerErrorMessage message =
                        refused(statement, BOTH.replace("hospital.patients", "hospital.patients where imd_decile = 3"));
                assertThat(message.getSQLState()).isIn("08006", "XX000");
                assertThat(rows(statement.executeQuery("select count(*) from lab.tests where analyte = 'TSH'")))
                        .hasSize(1);
            } finally {
                WEIR.servers().source().comeBack();
            }
        }
    }
}
