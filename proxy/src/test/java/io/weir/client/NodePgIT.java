package io.weir.client;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** node-pg against the running Weir. */
class NodePgIT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.require(
                "node-pg", Map.of("NODE_PATH", ClientTool.nodeModules().toString()), "node", "-e", "require('pg')");
        return ClientProgram.node("node_pg_checks.js");
    }
}
