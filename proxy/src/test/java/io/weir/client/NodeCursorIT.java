package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** pg-cursor and pg-query-stream over node-pg against the running Weir. */
class NodeCursorIT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.requireNode("pg-cursor");
        ClientTool.requireNode("pg-query-stream");
        return ClientProgram.node("node_cursor_checks.js");
    }
}
