package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** psycopg2 against the running Weir. */
class Psycopg2IT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.requirePython("psycopg2");
        return ClientProgram.python("psycopg2_checks.py");
    }
}
