package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** pg-native, node over libpq, against the running Weir. */
class PgNativeIT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.requireNode("pg-native");
        return ClientProgram.node("pg_native_checks.js");
    }
}
