package io.weir.web;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A web server with its people, and a client, for each test anew. */
abstract class InWebWorld {
    WebWorld world;
    WebClient client;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        world = new WebWorld(directory, 2);
        client = new WebClient(world);
    }

    @AfterEach
    void stop() {
        world.close();
    }
}
