package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.ProblemCode;
import io.weir.query.catalog.CatalogSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an analyst could still try with catalogue statements alone. */
final class ShadowHardeningIT {
    private static CatalogClient client() {
        return new CatalogClient(SharedShadow.catalogue(), Hospital.schema(), "mallory", "ccg");
    }

    @BeforeAll
    static void anotherProjectExists() {
        try (CatalogClient other =
                new CatalogClient(SharedShadow.catalogue(), Hospital.other(), "otheranalyst", "undercoverproject")) {
            other.query("SELECT 1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT lo_create(0)",
                "SELECT lo_from_bytea(0, 'x')",
                "SELECT pg_sleep(1)",
                "SELECT pg_sleep_for('1 second')",
                "SELECT pg_notify('channel', 'message')",
                "SELECT pg_advisory_lock(1)",
                "SELECT pg_try_advisory_xact_lock_shared(1)",
                "SELECT query_to_xml('SELECT 1', true, true, '')",
                "SELECT table_to_xml('hospital.person', true, true, '')",
                "SELECT database_to_xml_and_xmlschema(true, true, '')",
                "SELECT * FROM ts_stat('SELECT 1')",
                "SELECT ts_rewrite('a'::tsquery, 'SELECT 1')",
                "SELECT pg_terminate_backend(1)",
                "SELECT pg_cancel_backend(1)",
                "SELECT * FROM pg_stat_get_activity(NULL)",
                "SELECT * FROM pg_lock_status()",
                "SELECT pg_export_snapshot()",
                "SELECT pg_current_xact_id()",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_ls_dir('/')",
                "SELECT rolpassword FROM pg_authid",
                "SELECT passwd FROM pg_shadow",
                "SELECT set_config('session_authorization', '_weir', false)",
                "SELECT set_config('role', '_weir', false)",
                "SELECT pg_reload_conf()",
                "SELECT current_setting('data_directory')",
                "SELECT current_setting('port')",
                "SELECT pg_catalog.weir_current_setting('port', true)",
                "SELECT pg_catalog.weir_set_config('TimeZone', 'Asia/Tokyo', false)",
                "SELECT * FROM pg_catalog.weir_show_all_settings()",
                "SELECT pg_catalog.weir_show_all_settings()",
                "SELECT setting FROM pg_settings WHERE current_setting('port') = '1'",
                "SELECT * FROM current_setting('port')",
                "SELECT max(current_setting('port')) FROM pg_class",
                "SELECT pg_catalog.weir_tell('default_transaction_read_only', 'off', false)",
                "SELECT pg_catalog.weir_tell('weir.planning', 'on', false)",
                "SELECT set_config('weir.planning', 'on', false)",
                "SELECT * FROM pg_database_real",
                "SELECT * FROM pg_db_role_setting_real",
                "SELECT * FROM pg_shdepend_real",
                "SELECT pg_stat_get_db_numbackends(1)",
                "SELECT pg_postmaster_start_time()",
                "SELECT pg_tablespace_databases(1663)",
                "SELECT pg_stat_get_backend_wait_event(1)",
                "SELECT pg_current_snapshot()",
                "SELECT weir_pg_identify_object(1262, 1, 0)",
                "SELECT weir_database_size(1::oid)",
                "SELECT * FROM pg_control_system()",
                "SELECT pg_current_wal_lsn()",
            })
    void isDenied(String sql) throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.sqlState(sql)).isIn("42501", "42704");
        }
    }

    @Tag("S24")
    @Test
    void nothingCanBeWrittenEvenThroughAReader() throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.sqlState("SELECT 1 AS x INTO public.mine")).isIn("25006", "42501");
            assertThat(client.sqlState("WITH gone AS (DELETE FROM hospital.person RETURNING 1) SELECT * FROM gone"))
                    .isIn("25006", "42501");
            client.session.tell(
                    List.of(new CatalogSession.ShownSetting("transaction_read_only", "on", "on", "on")), Duration.ZERO);
            assertThat(client.sqlState("SELECT set_config('transaction_read_only', 'off', false)"))
                    .isEqualTo("0A000");
            client.sqlState("SELECT set_config('default_transaction_read_only', 'off', false)");
            assertThat(client.sqlState("SELECT 1 AS x INTO public.mine")).isIn("25006", "42501");
            assertThat(client.sqlState("SELECT 1 AS x INTO TEMP mine")).isIn("25006", "42501");
        }
    }

    @Test
    void setConfigStaysForDriversThatNeedIt() throws IOException {
        try (CatalogClient client = client()) {
            client.session.tell(
                    List.of(
                            new CatalogSession.ShownSetting("jit", "on", "on", "on"),
                            new CatalogSession.ShownSetting("TimeZone", "Asia/Tokyo", "UTC", "UTC"),
                            new CatalogSession.ShownSetting("statement_timeout", "5min", "0", "0")),
                    Duration.ZERO);
            assertThat(client.column("SELECT set_config('jit', 'off', false)")).containsExactly("off");
            assertThat(client.column("SELECT set_config('timezone', 'Asia/Tokyo', false)"))
                    .containsExactly("Asia/Tokyo");
            assertThat(client.sqlState("SELECT set_config('timezone', 'Europe/Paris', false)"))
                    .isEqualTo("0A000");
        }
    }

    @Test
    void settingsAreTheSessionsAndNothingElse() throws IOException {
        try (CatalogClient client = client()) {
            client.session.tell(
                    List.of(
                            new CatalogSession.ShownSetting("statement_timeout", "5min", "0", "0"),
                            new CatalogSession.ShownSetting("DateStyle", "ISO, DMY", "ISO, DMY", "ISO, MDY"),
                            new CatalogSession.ShownSetting("application_name", "it's \"quoted\" \\ é", "", ""),
                            new CatalogSession.ShownSetting("weir.flags", "off", "off", "off")),
                    Duration.ZERO);
            assertThat(client.rows("SELECT name, setting, unit, source, boot_val, reset_val FROM pg_settings"))
                    .containsExactly(
                            Arrays.asList("application_name", "it's \"quoted\" \\ é", null, "session", "", ""),
                            Arrays.asList("DateStyle", "ISO, DMY", null, "client", "ISO, MDY", "ISO, DMY"),
                            Arrays.asList("statement_timeout", "300000", "ms", "session", "0", "0"),
                            Arrays.asList("weir.flags", "off", null, "default", "off", "off"));
            assertThat(client.column("SELECT current_setting('STATEMENT_TIMEOUT')"))
                    .containsExactly("5min");
            assertThat(client.column("SELECT current_setting('port', true)")).containsExactly((String) null);
            client.session.tell(
                    List.of(new CatalogSession.ShownSetting("statement_timeout", "1s", "0", "0")), Duration.ZERO);
            assertThat(client.column("SELECT setting FROM pg_show_all_settings()"))
                    .containsExactly("1000");
        }
    }

    @Tag("S28")
    @Test
    void othersAreInvisible() throws IOException {
        try (CatalogClient client = client()) {
            for (String sql : List.of(
                    "SELECT datname FROM pg_database",
                    "SELECT * FROM current_database()",
                    "SELECT max(current_database()) FROM pg_class",
                    "SELECT current_database() FROM generate_series(1, 2) GROUP BY 1",
                    "SELECT current_catalog",
                    "SELECT rolname FROM pg_roles",
                    "SELECT usename FROM pg_user",
                    "SELECT relname FROM pg_class",
                    "SELECT nspname FROM pg_namespace",
                    "SELECT description FROM pg_description",
                    "SELECT description FROM pg_shdescription",
                    "SELECT catalog_name FROM information_schema.information_schema_catalog_name",
                    "SELECT schema_name FROM information_schema.schemata",
                    "SELECT rolname FROM pg_group, pg_roles",
                    "SELECT d.datname FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid",
                    "SELECT setconfig::text FROM pg_db_role_setting")) {
                assertThat(client.column(sql))
                        .as(sql)
                        .noneMatch(name -> name != null
                                && (name.startsWith("v_")
                                        || name.contains("undercover")
                                        || name.contains("otheranalyst")
                                        || name.contains("secretunit")));
            }
            for (String view : List.of(
                    "pg_stat_activity", "pg_locks", "pg_stat_database", "pg_stat_ssl", "pg_stat_wal", "pg_stat_io")) {
                assertThat(client.rows("SELECT * FROM " + view)).as(view).isEmpty();
            }
            for (String person : List.of("otheranalyst", "nobodyatall")) {
                assertThat(client.sqlState("SELECT '" + person + "'::regrole")).isEqualTo("42704");
                assertThat(client.sqlState("SELECT has_table_privilege('" + person + "', 'hospital.person', 'SELECT')"))
                        .isEqualTo("42704");
                assertThat(client.sqlState("SELECT pg_has_role('" + person + "', 'USAGE')"))
                        .isEqualTo("42704");
            }
            assertThat(client.column("SELECT sum(seq_scan + coalesce(idx_scan, 0))::text FROM pg_stat_user_tables"))
                    .containsExactly("0");
            for (String names : List.of(
                    "SELECT pg_describe_object(1262, o::oid, 0) FROM generate_series(1, 20000) o",
                    "SELECT identity FROM generate_series(1, 20000) o, pg_identify_object(1260, o::oid, 0)",
                    "SELECT pg_database_size(o::oid)::text FROM generate_series(1, 5) o")) {
                assertThat(client.column(names)).as(names).containsOnlyNulls();
            }
            assertThat(client.column("SELECT DISTINCT o::oid::regrole::text FROM generate_series(16380, 20000) o"
                            + " WHERE o::oid::regrole::text !~ '^[0-9]'"))
                    .hasSizeLessThanOrEqualTo(2);
            assertThat(client.column("SELECT pg_describe_object('pg_class'::regclass, 'hospital.person'::regclass, 0)"))
                    .containsExactly("table person");
            assertThat(client.sqlState("SELECT 'secretunit.undercover'::regclass"))
                    .isEqualTo("42P01");
        }
    }

    @Test
    void memoryBombsFailByThemselves() throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.sqlState("SELECT length(repeat('x', 1000000000))"))
                    .isEqualTo("53200");
            assertThat(client.sqlState("SELECT 1")).isEqualTo("00000");
        }
    }

    @Test
    void reservedNamesGetARoleOfTheirOwn() throws IOException {
        try (CatalogClient client =
                new CatalogClient(SharedShadow.catalogue(), Hospital.schema(), "pg_read_all_data", "ccg")) {
            assertThat(client.column("SELECT current_user")).containsExactly("pg_read_all_data");
            assertThat(client.column(
                            "SELECT pg_has_role(oid, 'USAGE')::text FROM pg_roles WHERE rolname = 'pg_read_all_data'"))
                    .containsExactly("true");
            assertThat(client.sqlState("SELECT rolpassword FROM pg_authid")).isEqualTo("42501");
        }
    }

    @Test
    void garbageIsAProtocolViolation() {
        try (CatalogClient client = client()) {
            assertThat(client.session.exchange(new byte[] {'Q', 0, 0, 0, 99, 1}))
                    .isInstanceOfSatisfying(
                            io.weir.problem.Outcome.Refused.class,
                            refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.PROTOCOL_VIOLATION));
        }
    }
}
