package io.weir.client;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** RPostgreSQL, with which R reads data frames, against the running Weir. */
class RPostgreSqlIT {
    @TestFactory
    List<DynamicTest> feelsAtHome() {
        ClientTool.require("RPostgreSQL", "Rscript", "-e", "library(RPostgreSQL)");
        return ClientProgram.rscript("rpostgresql_checks.R");
    }
}
