package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** psqlODBC through unixODBC and pyodbc against the running Weir. */
class PsqlOdbcIT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.requirePython("pyodbc");
        ClientTool.require("psqlODBC", "odbcinst", "-q", "-d", "-n", "PostgreSQL Unicode");
        return ClientProgram.python("odbc_checks.py");
    }
}
