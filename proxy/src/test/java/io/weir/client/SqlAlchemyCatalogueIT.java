package io.weir.client;

import io.weir.RunningWeir;
import io.weir.query.catalog.shadow.PlainPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** SQLAlchemy's inspector, through Weir and against an ordinary PostgreSQL with the same tables. */
class SqlAlchemyCatalogueIT {
    private static final String PROJECT = "diabetes";

    @Test
    void reflectionIsThatOfAnOrdinaryPostgresqlOrTheDifferenceHasAReason() throws Exception {
        ClientTool.requirePython("sqlalchemy");
        RunningWeir weir = RunningWeir.shared();
        try (PlainPostgres postgres = new PlainPostgres(weir.schema(PROJECT), PROJECT)) {
            new Differences("sqlalchemy_differences.txt")
                    .explain(
                            answers(
                                    postgres.port(),
                                    Map.of("WEIR_PASSWORD", PlainPostgres.PASSWORD, "WEIR_SSLMODE", "disable")),
                            answers(weir.postgresPort(), Map.of()));
        }
    }

    private static Map<String, List<String>> answers(int port, Map<String, String> environment) {
        Map<String, List<String>> answers = new TreeMap<>();
        for (String line : ClientProgram.lines(
                port, environment, ClientTool.PYTHON, "-B", ClientProgram.resource("sqlalchemy_inspector.py"))) {
            String[] parts = line.split("\t", 2);
            answers.computeIfAbsent(parts[0], call -> new ArrayList<>()).add(parts[1]);
        }
        return answers;
    }
}
