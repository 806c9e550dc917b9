package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** postgres.js, which pipelines by nature and reads the types of arrays from the catalogue, against the running Weir. */
class PostgresJsIT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.requireNode("postgres");
        return ClientProgram.node("postgres_js_checks.js");
    }
}
