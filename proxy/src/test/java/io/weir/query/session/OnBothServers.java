package io.weir.query.session;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Weir and an ordinary PostgreSQL beside each other, for all tests of a class. */
abstract class OnBothServers {
    static BesidePostgres both;

    @BeforeAll
    static void start(@TempDir Path directory) throws SQLException {
        both = new BesidePostgres(directory);
    }

    @AfterAll
    static void stop() {
        both.close();
    }
}
