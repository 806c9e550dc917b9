package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hospital's database goes away and comes back. Weir says so, leaks nothing of it, and recovers by itself. */
class SourceFailureIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static final DemoServers.Database SOURCE = WEIR.servers().source();

    private int mark;

    @BeforeEach
    void mark() {
        mark = WEIR.audit().size();
    }

    @AfterEach
    void mend() {
        if (!SOURCE.cluster().isAlive()) {
            SOURCE.comeBack();
        }
        WEIR.audit().verifies();
    }

    private static boolean isAnswered(Connection connection, String sql) {
        try {
            return !Asking.rows(connection, sql).isEmpty();
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Test
    void aSourceThatGoesDownDuringASessionIsSaidAndTheSessionRecoversWithIt() throws Exception {
        try (Connection connection = WEIR.connect("ada", "diabetes")) {
            Asking.answers(connection, Asking.fresh(0));
            SOURCE.cutOff();
            long start = System.nanoTime();
            Refusal.of(() -> Asking.rows(connection, Asking.fresh(1)))
                    .is("08006", "SOURCE_UNAVAILABLE")
                    .advises("Try again");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            Asking.recorded(WEIR.audit(), mark, EventType.QUERY_FAILED, "code", "SOURCE_UNAVAILABLE");
            SOURCE.comeBack();
            Await.until(
                    "the same session is answered",
                    Duration.ofSeconds(15),
                    () -> isAnswered(connection, Asking.fresh(1)));
        }
    }

    @Test
    void aStreamWhoseSourceGoesDownEndsWithAnErrorAndNeverLooksComplete() throws Exception {
        String rows = "SELECT a.admission_id, a.patient_id, a.admitted, a.cost FROM admissions a";
        try (Connection connection = WEIR.connect("ben", "flow");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(50);
            int[] seen = {0};
            try (ResultSet result = statement.executeQuery(rows)) {
                assertThat(result.next()).isTrue();
                SOURCE.cutOff();
                Refusal.of(() -> {
                            while (result.next()) {
                                seen[0]++;
                            }
                        })
                        .is("08006", "SOURCE_UNAVAILABLE")
                        .advises("Try again");
            }
            assertThat(seen[0]).isLessThan(10_000);
            Asking.recorded(WEIR.audit(), mark, EventType.QUERY_FAILED, "code", "SOURCE_UNAVAILABLE");
            assertThat(WEIR.audit().since(mark, EventType.QUERY_EXECUTED)).isEmpty();
            connection.rollback();
            connection.setAutoCommit(true);
            SOURCE.comeBack();
            Await.until(
                    "the same session streams again",
                    Duration.ofSeconds(15),
                    () -> isAnswered(connection, rows + " LIMIT 5"));
        }
    }
}
