package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keywords for the session's own names, as an ordinary PostgreSQL 16 answers them: labels, values, errors and their positions. */
final class OwnNamesIT {
    private static final String DATABASE = "ccg";

    private static PlainPostgres postgres;
    private static Watchdog watchdog;
    private static BackendConnection plain;
    private static CatalogClient client;

    @BeforeAll
    static void start() throws SQLException, IOException {
        postgres = new PlainPostgres(Hospital.schema(), DATABASE);
        watchdog = new Watchdog();
        plain = BackendConnection.open(
                new BackendAddress.Tcp("127.0.0.1", postgres.port()),
                new Login(PlainPostgres.USER, PlainPostgres.PASSWORD, DATABASE, Map.of()),
                watchdog,
                new SecureRandom());
        client = new CatalogClient(SharedShadow.catalogue(), Hospital.schema(), PlainPostgres.USER, DATABASE);
    }

    @AfterAll
    static void stop() {
        client.close();
        plain.close();
        watchdog.close();
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT current_user, CURRENT_ROLE, Session_User, user, current_catalog, current_schema",
                "SELECT current_database(), current_catalog::text, CAST(current_user AS text), (user)",
                "SELECT CASE WHEN true THEN current_user END, CASE user WHEN user THEN 1 ELSE 2 END, coalesce(user, 'x')",
                "SELECT 1 AS current_user, 2 AS /* c */ current_user, 3 AS -- c\n user",
                "SELECT 1 current_user, 2 /* c */ user, 'a' session_user, (1) current_catalog, length('x') user",
                "SELECT a.user FROM (SELECT 1 AS user) a",
                "SELECT a . /* c */ user FROM (SELECT 1 AS user) a",
                "SELECT \"user\" FROM (SELECT 1 AS \"user\") a",
                "SELECT 'user', $$user$$, E'\\'user', U&\"user\" FROM (SELECT 1 AS \"user\") a",
                "SELECT DISTINCT ON (1) user",
                "SELECT DISTINCT user, /* nested /* user */ user */ current_user",
                "SELECT 'a' OPERATOR(pg_catalog.||) user",
                "SELECT ARRAY[user, current_user], (ARRAY[1, 2])[length('a')] user, 5 % 2 user",
                "SELECT * FROM current_user",
                "SELECT * FROM current_catalog, user u(x)",
                "SELECT x FROM current_catalog AS t(x) WHERE x IN (current_catalog, user) OR x = ANY (ARRAY[user])",
                "SELECT count(*) FROM pg_roles WHERE rolname = current_user GROUP BY user HAVING user = user ORDER BY user",
                "SELECT user UNION ALL SELECT session_user LIMIT 2",
                "VALUES (user, current_catalog)",
                "WITH w AS (SELECT user) SELECT * FROM w",
                "WITH w(who) AS (VALUES (user)) SELECT who user FROM w",
                "SELECT 'ada' LIKE user, user BETWEEN SYMMETRIC user AND user, user IS NOT DISTINCT FROM user, NOT user = user",
                "SELECT overlay('abc' PLACING user FROM 2), substring(user FROM 1 FOR 2), trim(BOTH user FROM 'adaxada')",
                "SELECT position(user IN 'is ada'), to_char(now(), user) IS NULL, user COLLATE \"C\"",
                "SELECT now() AT TIME ZONE 'UTC' IS NULL user",
                "SELECT value user FROM (SELECT 1 AS value) t",
                "SELECT zone user, by user FROM (SELECT 1 AS zone, 2 AS by) t",
                "SELECT json_object('k' VALUE user), count(*) OVER (PARTITION BY user ORDER BY user)",
                "SELECT x OPERATOR(pg_catalog.=) /* c */ user FROM current_user x",
                // errors: words and positions
                "SELECT now() AT TIME ZONE user",
                "SELECT user, nope FROM pg_class",
                "SELECT current_user, current_catalog, nope",
                "SELECT /* ü𝄞 user */ 'ü𝄞', user || current_user || nope",
                "SELECT user + 1",
                "SELECT 1 + user",
                "SELECT user, 1 FROM pg_class GROUP BY relname, nope",
                "SELECT user WHERE user",
                "SELECT user(",
                "SELECT user()",
                "SELECT current_user, current_user()",
                "SELECT user user user",
                "SELECT user, , user",
                "SELECT current_user.x",
                "SELECT user FROM user user",
                "SELECT 1 FROM pg_class CURRENT_USER",
                "SELECT 1::current_user",
                "SELECT CAST(1 AS user)",
                "WITH user AS (SELECT 1) SELECT 1",
                "SELECT * FROM (VALUES (1)) t(Current_User)",
                "SELECT lenght(user), user",
                "SELECT user::int4range",
                "SELECT ('x' || user)::nope",
                "SELECT user FROM nope",
                "SELECT user,"
            })
    void answersAreThoseOfPostgresql(String sql) throws IOException {
        List<String> expected = told(plainly(sql));
        List<String> told = told(client.query(sql));
        client.session.endTransaction();
        assertThat(told).isEqualTo(expected);
    }

    private static List<BackendMessage> plainly(String sql) throws IOException {
        plain.send(new FrontendMessages().query(sql));
        return plain.receiveUntilReady();
    }

    /** Labels, rows, and errors without the place in PostgreSQL's own source. */
    private static List<String> told(List<BackendMessage> answers) throws IOException {
        List<String> told = new ArrayList<>();
        for (BackendMessage answer : answers) {
            switch (answer.type()) {
                case BackendMessage.ROW_DESCRIPTION -> {
                    MessageReader reader = answer.reader();
                    int count = reader.count();
                    for (int i = 0; i < count; i++) {
                        told.add("label " + reader.text());
                        reader.bytes(18);
                    }
                }
                case BackendMessage.ERROR_RESPONSE -> {
                    MessageReader reader = answer.reader();
                    for (char field = (char) reader.int8(); field != 0; field = (char) reader.int8()) {
                        String words = reader.text();
                        if ("CMDHP".indexOf(field) >= 0) {
                            told.add(field + " " + words);
                        }
                    }
                }
                case BackendMessage.DATA_ROW ->
                    told.add("row " + BackendConnection.rows(List.of(answer)).getFirst());
                default -> {
                    // tells nothing of names
                }
            }
        }
        return told;
    }
}
