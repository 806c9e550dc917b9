package io.weir.query.session;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same, and a client that has logged in. */
abstract class LoggedIn extends OnServer {
    WireClient client;

    @BeforeEach
    void logIn() throws IOException {
        client = server.loggedIn();
    }

    @AfterEach
    void leave() throws IOException {
        client.close();
    }
}
