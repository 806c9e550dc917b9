package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tabulator in psql, against the running Weir. */
class PsqlCompletionIT {
    @TestFactory
    List<DynamicTest> offersWhatIsGranted() {
        ClientTool.require("psql", "psql", "--version");
        ClientTool.requirePython("pty");
        return ClientProgram.python("psql_completion_checks.py");
    }
}
