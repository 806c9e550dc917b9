package io.weir.connector.postgresql;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One real server for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnTestServer {
    TestServer server;

    @BeforeAll
    void startServer(@TempDir Path home) throws Exception {
        server = new TestServer(home);
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }
}
