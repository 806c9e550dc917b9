package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.ProblemCode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
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
            })
    void isDenied(String sql) throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.sqlState(sql)).isIn("42501", "42704");
        }
    }

    @Test
    void nothingCanBeWrittenEvenThroughAReader() throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.sqlState("SELECT 1 AS x INTO public.mine")).isIn("25006", "42501");
            assertThat(client.sqlState("WITH gone AS (DELETE FROM hospital.person RETURNING 1) SELECT * FROM gone"))
                    .isIn("25006", "42501");
            assertThat(client.sqlState("SELECT set_config('transaction_read_only', 'off', false)"))
                    .isEqualTo("25001");
            client.sqlState("SELECT set_config('default_transaction_read_only', 'off', false)");
            assertThat(client.sqlState("SELECT 1 AS x INTO public.mine")).isIn("25006", "42501");
            assertThat(client.sqlState("SELECT 1 AS x INTO TEMP mine")).isIn("25006", "42501");
        }
    }

    @Test
    void setConfigStaysForDriversThatNeedIt() throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.column("SELECT set_config('jit', 'off', false)")).containsExactly("off");
        }
    }

    @Test
    void othersAreInvisible() throws IOException {
        try (CatalogClient client = client()) {
            for (String sql : List.of(
                    "SELECT datname FROM pg_database",
                    "SELECT rolname FROM pg_roles",
                    "SELECT usename FROM pg_user",
                    "SELECT relname FROM pg_class",
                    "SELECT nspname FROM pg_namespace",
                    "SELECT description FROM pg_description",
                    "SELECT description FROM pg_shdescription",
                    "SELECT catalog_name FROM information_schema.information_schema_catalog_name",
                    "SELECT schema_name FROM information_schema.schemata",
                    "SELECT rolname FROM pg_group, pg_roles")) {
                assertThat(client.column(sql))
                        .as(sql)
                        .noneMatch(name -> name != null
                                && (name.contains("undercover")
                                        || name.contains("otheranalyst")
                                        || name.contains("secretunit")));
            }
            for (String view :
                    List.of("pg_stat_activity", "pg_locks", "pg_stat_database", "pg_stat_ssl", "pg_stat_gssapi")) {
                assertThat(client.rows("SELECT * FROM " + view)).as(view).isEmpty();
            }
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
            assertThat(client.column("SELECT current_user")).containsExactly("analyst.pg_read_all_data");
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
