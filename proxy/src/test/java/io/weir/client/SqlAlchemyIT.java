package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** SQLAlchemy over psycopg2 against the running Weir. */
class SqlAlchemyIT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.requirePython("sqlalchemy");
        return ClientProgram.python("sqlalchemy_checks.py");
    }
}
