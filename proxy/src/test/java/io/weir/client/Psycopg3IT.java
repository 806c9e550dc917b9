package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** psycopg 3 against the running Weir. */
class Psycopg3IT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.requirePython("psycopg");
        return ClientProgram.python("psycopg3_checks.py");
    }
}
