package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.audit.EventType;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** COPY through the whole of Weir: the ruling, the protection and the records of the SELECT it wraps. */
class CopyRoadIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static final String CELLS = "SELECT sex, ethnicity, count(*) FROM patients GROUP BY sex, ethnicity";

    private int mark;

    @BeforeEach
    void mark() {
        mark = WEIR.audit().size();
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static String copied(Connection connection, String sql) throws Exception {
        StringWriter text = new StringWriter();
        copies(connection).copyOut(sql, text);
        return text.toString();
    }

    @Tag("S39")
    @Test
    void hiddenCellsAreNullTheNoticeArrivesAndTheLogHasPermitAndOutcome() throws Exception {
        try (Connection ada = WEIR.connect("ada", "diabetes")) {
            String text = copied(ada, "COPY (" + CELLS + ") TO STDOUT (NULL '(nothing)')");
            assertThat(String.valueOf(ada.getWarnings())).contains("hidden");
            List<List<String>> expected = Asking.rows(ada, CELLS).stream()
                    .map(row -> row.stream()
                            .map(value -> value == null ? "(nothing)" : value)
                            .toList())
                    .toList();
            assertThat(expected).anyMatch(row -> row.get(2).equals("(nothing)"));
            assertThat(text.lines().map(line -> List.of(line.split("\t", -1))).toList())
                    .isEqualTo(expected);
        }
        assertThat(WEIR.audit().since(mark, EventType.QUERY_DECIDED))
                .isNotEmpty()
                .allSatisfy(leaf -> assertThat(leaf.rec()).containsEntry("decision", "permit"))
                .anySatisfy(leaf -> assertThat(leaf.rec()).containsEntry("form", "copy"))
                .anySatisfy(leaf -> assertThat(leaf.rec()).containsEntry("form", "rows"));
        assertThat(WEIR.audit().since(mark, EventType.QUERY_EXECUTED)).isNotEmpty();
    }

    @Tag("S39")
    @Test
    void rowsOfPeopleAreCopiedOnlyWhereTheyMayBeSelected() throws Exception {
        try (Connection ada = WEIR.connect("ada", "diabetes")) {
            Refusal.of(() -> copied(ada, "COPY patients TO STDOUT")).is("42501", "ROWS_NOT_GRANTED");
            Refusal.of(() -> copied(ada, "COPY (SELECT nobody FROM patients) TO STDOUT"))
                    .is("42703", "UNKNOWN_COLUMN");
            Asking.recorded(WEIR.audit(), mark, EventType.QUERY_REFUSED, "code", "ROWS_NOT_GRANTED");
        }
        try (Connection ben = WEIR.connect("ben", "flow")) {
            String text = copied(
                    ben, "COPY admissions (admission_id, patient_id) TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE *)");
            assertThat(text).startsWith("admission_id,patient_id\n\"");
            assertThat(text.lines().count()).isGreaterThan(100);
            ByteArrayOutputStream binary = new ByteArrayOutputStream();
            long rows =
                    copies(ben).copyOut("COPY (SELECT admission_id FROM admissions) TO STDOUT (FORMAT binary)", binary);
            assertThat(rows).isEqualTo(text.lines().count() - 1);
        }
    }

    @Test
    void theCatalogueIsCopiedFromTheShadow() throws Exception {
        try (Connection ada = WEIR.connect("ada", "diabetes")) {
            assertThat(copied(ada, "COPY (SELECT 1 AS one, NULL, 'a,b') TO STDOUT (FORMAT csv, HEADER)"))
                    .isEqualTo("one,?column?,?column?\n1,,\"a,b\"\n");
            assertThat(copied(
                            ada,
                            "COPY (SELECT table_name::text FROM information_schema.tables"
                                    + " WHERE table_name = 'patients') TO STDOUT"))
                    .isEqualTo("patients\n");
            ByteArrayOutputStream binary = new ByteArrayOutputStream();
            copies(ada).copyOut("COPY (SELECT 1) TO STDOUT BINARY", binary);
            assertThat(binary.toByteArray()).hasSize(19 + 10 + 2).endsWith(0, 0, 0, 1, -1, -1);
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> copied(ada, "COPY (SELECT 1/(relpages - relpages) FROM pg_class) TO STDOUT"))
                        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("22012"));
            }
        }
    }

    @Test
    void aReleaseCannotBeHadByCopy() throws Exception {
        try (Connection ada = WEIR.connect("ada", "diabetes")) {
            Refusal.of(() -> copied(
                            ada,
                            "COPY (CALL weir.request_release(query => 'SELECT count(*) FROM patients', title => 't',"
                                    + " purpose_note => 'n', destination => 'archive')) TO STDOUT"))
                    .is("42601", "SYNTAX");
        }
        assertThat(WEIR.audit().since(mark, EventType.RELEASE_REQUESTED)).isEmpty();
    }
}
