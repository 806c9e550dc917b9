package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** node-pg against the running Weir. */
class NodePgIT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.requireNode("pg");
        return ClientProgram.node("node_pg_checks.js");
    }
}
