package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.weir.RunningWeir;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The PostgreSQL client of Vert.x against the running Weir: binary wherever it can, pipelined, its own TLS and SCRAM. */
class VertxPgClientIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String LONG =
            "SELECT count(DISTINCT (a.icd10, b.icd10, c.icd10)) FROM admissions a JOIN admissions b ON a.patient_id = b.patient_id"
                    + " JOIN admissions c ON b.patient_id = c.patient_id";

    @AfterAll
    static void close() throws Exception {
        await(VERTX.close());
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static PgConnectOptions options(String project, String password) {
        RunningWeir weir = RunningWeir.shared();
        return new PgConnectOptions()
                .setHost("localhost")
                .setPort(weir.postgresPort())
                .setUser("ada")
                .setPassword(password)
                .setDatabase(project)
                .setSslMode(SslMode.VERIFY_FULL)
                .setSslOptions(new ClientSSLOptions()
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setTrustOptions(new PemTrustOptions()
                                .addCertPath(weir.certificate().toString())));
    }

    private interface Work {
        void on(PgConnection connection) throws Exception;
    }

    private static void with(String project, Work work) throws Exception {
        PgConnection connection = await(PgConnection.connect(
                VERTX, options(project, RunningWeir.shared().password("ada")).setPipeliningLimit(64)));
        try {
            work.on(connection);
        } finally {
            await(connection.close());
        }
    }

    private static PgException refused(Future<?> future) throws Exception {
        try {
            await(future);
        } catch (java.util.concurrent.ExecutionException e) {
            return (PgException) e.getCause();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void connectsOverVerifiedTls() throws Exception {
        with("diabetes", connection -> {
            assertThat(connection.isSSL()).isTrue();
            assertThat(connection.databaseMetadata().majorVersion()).isEqualTo(16);
            assertThat(await(connection.query("SHOW is_superuser").execute())
                            .iterator()
                            .next()
                            .getString(0))
                    .isEqualTo("off");
        });
    }

    @Test
    void aWrongPasswordIsToldInWords() {
        assertThatThrownBy(() -> await(PgConnection.connect(VERTX, options("diabetes", "wrong"))))
                .hasMessageContaining("Authentication failed.");
    }

    @Test
    void aGovernedAggregateTakesBoundValues() throws Exception {
        with("diabetes", connection -> {
            RowSet<Row> people = await(connection
                    .preparedQuery("SELECT sex, count(*) AS people FROM patients WHERE date_of_birth >= $1"
                            + " AND imd_decile > $2 AND sex IN ($3, $4) GROUP BY sex ORDER BY sex")
                    .execute(Tuple.of(LocalDate.of(1930, 1, 1), (short) 2, "F", "M")));
            assertThat(people).extracting(row -> row.getString("sex")).containsExactly("F", "M");
            RowSet<Row> listed = await(connection
                    .preparedQuery("SELECT count(*) FROM icd10 WHERE code = ANY($1)")
                    .execute(Tuple.of(new String[] {"E119", "nothing"})));
            assertThat(listed.iterator().next().getLong(0)).isEqualTo(1);
        });
    }

    @Test
    void valuesOfAllTypesGoAndComeInBinary() throws Exception {
        Tuple values = Tuple.tuple()
                .addShort((short) 1)
                .addInteger(70_000)
                .addLong(5_000_000_000L)
                .addString("Grüße 'Welt'")
                .addLocalDate(LocalDate.of(2024, 2, 29))
                .addLocalTime(LocalTime.of(13, 14, 15, 160_000_000))
                .addBigDecimal(new BigDecimal("-1234567.8900"))
                .addLocalDateTime(LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_000))
                .addOffsetDateTime(OffsetDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneOffset.UTC))
                .addBoolean(true)
                .addDouble(0.1)
                .addUUID(UUID.fromString("12345678-9abc-def0-1234-56789abcdef0"))
                .addString(null);
        String sql = "SELECT $1::int2, $2::int4, $3::int8, $4::text, $5::date, $6::time, $7::numeric, $8::timestamp,"
                + " $9::timestamptz, $10::bool, $11::float8, $12::uuid, $13::text";
        with("diabetes", connection -> {
            for (String from : List.of("", " FROM icd10 WHERE code = (SELECT min(code) FROM icd10)")) {
                Row row = await(connection.preparedQuery(sql + from).execute(values))
                        .iterator()
                        .next();
                for (int i = 0; i < values.size(); i++) {
                    assertThat(String.valueOf(row.getValue(i))).isEqualTo(String.valueOf(values.getValue(i)));
                }
            }
        });
    }

    @Test
    void aCursorReadsRowsInPages() throws Exception {
        with("flow", connection -> {
            await(connection.begin());
            PreparedStatement statement =
                    await(connection.prepare("SELECT admission_id, cost FROM admissions WHERE cost > $1 LIMIT 250"));
            Cursor cursor = statement.cursor(Tuple.of(new BigDecimal(100)));
            List<Integer> sizes = new ArrayList<>();
            do {
                sizes.add(await(cursor.read(100)).size());
            } while (cursor.hasMore());
            assertThat(sizes).containsExactly(100, 100, 50);
            Cursor left = statement.cursor(Tuple.of(new BigDecimal(100)));
            assertThat(await(left.read(10))).hasSize(10);
            await(left.close());
            await(statement.close());
            assertThat(await(connection.query("SELECT 1").execute())).hasSize(1);
        });
    }

    @Test
    void manyQuestionsAreSentAtOnceAndErrorsHitTheirOwn() throws Exception {
        with("diabetes", connection -> {
            List<Future<RowSet<Row>>> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                all.add(
                        i % 10 == 3
                                ? connection
                                        .preparedQuery("SELECT nothing FROM nowhere")
                                        .execute()
                                : connection
                                        .preparedQuery("SELECT $1::int4 AS i, count(*) FROM icd10")
                                        .execute(Tuple.of(i)));
            }
            for (int i = 0; i < 60; i++) {
                if (i % 10 == 3) {
                    assertThat(refused(all.get(i)).getSqlState()).isEqualTo("42P01");
                } else {
                    assertThat(await(all.get(i)).iterator().next().getInteger(0))
                            .isEqualTo(i);
                }
            }
        });
    }

    @Test
    void aRunningStatementIsCancelled() throws Exception {
        with("flow", connection -> {
            Future<RowSet<Row>> running = connection.query(LONG).execute();
            TimeUnit.MILLISECONDS.sleep(500);
            await(connection.cancelRequest());
            assertThat(refused(running).getSqlState()).isEqualTo("57014");
            assertThat(await(connection.query("SELECT 1").execute())).hasSize(1);
        });
    }

    @Test
    void aRefusalHasSqlStateDetailAndHintAndTheSessionLivesOn() throws Exception {
        with("diabetes", connection -> {
            PgException refusal =
                    refused(connection.query("SELECT patient_id FROM patients").execute());
            assertThat(refusal.getSqlState()).isEqualTo("42501");
            assertThat(refusal.getDetail()).contains("reference ");
            assertThat(refusal.getHint()).isNotBlank();
            assertThat(refused(connection.preparedQuery("DELETE FROM patients").execute())
                            .getSqlState())
                    .isEqualTo("25006");
            assertThat(await(connection.query("SELECT 1").execute())).hasSize(1);
        });
    }
}
