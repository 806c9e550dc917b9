package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.CapturedLog;
import io.weir.problem.ProblemException;
import io.weir.release.Fixtures;
import io.weir.release.ReleaseRoad;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What failures of the control store leave in the log of the process. */
class StoreLogIT {
    @TempDir
    Path directory;

    @Test
    void aFailedChangeLeavesItsClassAndSqlstateAndNoBoundValue() throws Exception {
        try (ReleaseRoad road = new ReleaseRoad(directory);
                CapturedLog log = new CapturedLog()) {
            road.database.run("ALTER TABLE release_requests ADD CONSTRAINT short CHECK (length(title) < 5)");
            assertThat(road.desk
                            .request(
                                    Fixtures.asker(),
                                    "SELECT 'Mrs Example'",
                                    "Title of 4857773456",
                                    "note about Example",
                                    "trust-bucket")
                            .toString())
                    .contains("STORE_UNAVAILABLE");
            assertThat(log.text())
                    .contains("SQLSTATE 23514", "UnableToExecuteStatementException < PSQLException")
                    .doesNotContain("Example", "4857773456", "INSERT", "RX1", "trust-bucket");
        }
    }

    @Test
    void theProblemHandedOnCarriesNoBoundValueEither() throws Exception {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            assertThatThrownBy(() -> road.store.read(handle -> handle.createQuery("SELECT :a::int")
                            .bind("a", "Mrs Example")
                            .mapTo(Integer.class)
                            .one()))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        StringWriter trace = new StringWriter();
                        e.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString()).contains("SQLSTATE 22P02").doesNotContain("Example", "::int");
                    });
        }
    }

    @Test
    void damagedContentIsNotQuoted() throws Exception {
        try (ReleaseRoad road = new ReleaseRoad(directory);
                CapturedLog log = new CapturedLog()) {
            road.approved();
            road.database.run(
                    "ALTER TABLE frozen_answers DISABLE TRIGGER USER",
                    "UPDATE frozen_answers SET content = replace(content, '120', 'Mrs Example')");
            road.courier().runOnce();
            assertThat(log.text()).contains("cannot be read").doesNotContain("Example", "RX1");
        }
    }
}
