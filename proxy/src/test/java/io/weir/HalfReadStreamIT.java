package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that are left in the middle, when the source is read ahead: nothing is kept and the log says what was handed over. */
class HalfReadStreamIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static final String ROWS = "SELECT admission_id, patient_id, admitted, cost FROM admissions";
    /** More than one person may have connections of the source at a time. */
    private static final int TIMES = 6;

    @AfterEach
    void verify() {
        WEIR.audit().verifies();
    }

    private static void readSome(Connection connection, int count) throws Exception {
        Statement statement = connection.createStatement();
        statement.setFetchSize(500);
        ResultSet rows = statement.executeQuery(ROWS);
        for (int i = 0; i < count; i++) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void aTransactionThatEndsClosesItsStreamAndGivesTheConnectionBack() throws Exception {
        int mark = WEIR.audit().size();
        try (Connection connection = WEIR.connect("ben", "flow")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < TIMES; i++) {
                readSome(connection, 3_000);
                connection.rollback();
            }
        }
        assertThat(WEIR.audit().since(mark, EventType.QUERY_EXECUTED))
                .hasSize(TIMES)
                .allSatisfy(record -> assertThat(record.rec())
                        .containsEntry("complete", false)
                        .containsEntry("count", 3_000L));
    }

    @Test
    void aClientThatGoesAwayGivesTheConnectionBack() throws Exception {
        int mark = WEIR.audit().size();
        for (int i = 0; i < TIMES; i++) {
            Connection connection = WEIR.connect("ben", "flow");
            connection.setAutoCommit(false);
            readSome(connection, 3_000);
            connection.abort(Runnable::run);
            int gone = i + 1;
            Await.until(
                    "the outcome is recorded",
                    Duration.ofSeconds(20),
                    () -> WEIR.audit().since(mark, EventType.QUERY_EXECUTED).size()
                                    + WEIR.audit()
                                            .since(mark, EventType.QUERY_CANCELLED)
                                            .size()
                            == gone);
        }
    }

    @Test
    void cursorsSideBySideGiveTheSameRowsAsOneReadToTheEnd() throws Exception {
        try (Connection connection = WEIR.connect("ben", "flow");
                Statement statement = connection.createStatement()) {
            List<String> whole = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(ROWS)) {
                while (rows.next()) {
                    whole.add(rows.getString(1) + rows.getString(4));
                }
            }
            connection.setAutoCommit(false);
            try (Statement one = connection.createStatement();
                    Statement two = connection.createStatement()) {
                one.setFetchSize(700);
                two.setFetchSize(3_000);
                List<String> first = new ArrayList<>();
                List<String> second = new ArrayList<>();
                try (ResultSet a = one.executeQuery(ROWS);
                        ResultSet b = two.executeQuery(ROWS)) {
                    while (a.next()) {
                        first.add(a.getString(1) + a.getString(4));
                        if (b.next()) {
                            second.add(b.getString(1) + b.getString(4));
                        }
                    }
                }
                Collections.sort(whole);
                Collections.sort(first);
                Collections.sort(second);
                assertThat(first).isEqualTo(whole);
                assertThat(second).isEqualTo(whole);
            }
        }
    }
}
