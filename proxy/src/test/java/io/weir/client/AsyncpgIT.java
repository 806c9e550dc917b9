package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** asyncpg, which knows the binary format only, against the running Weir. */
class AsyncpgIT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.requirePython("asyncpg");
        return ClientProgram.python("asyncpg_checks.py");
    }
}
