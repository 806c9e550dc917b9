package io.weir.query.session;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server whose limits are small enough to be reached, for each test anew. A test may put another one in its place. */
abstract class OnStrictServer {
    @TempDir
    Path directory;

    RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.strict(directory, 2);
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
