package io.weir.client;

import io.weir.RunningWeir;
import io.weir.query.catalog.shadow.PlainPostgres;
import java.sql.Connection;
import java.util.List;
import java.util.Map;

/** The catalogue of a project through Weir, and that of an ordinary PostgreSQL with the same tables. */
final class BothCatalogues {
    static final String PROJECT = "diabetes";

    private BothCatalogues() {}

    /** Asks by a connection of pgjdbc. */
    @FunctionalInterface
    interface Answers {
        Map<String, List<String>> of(Connection connection) throws Exception;
    }

    /** Both answer alike, or the file gives the reason. */
    static void compare(String differences, Answers answers) throws Exception {
        RunningWeir weir = RunningWeir.shared();
        try (PlainPostgres postgres = new PlainPostgres(weir.schema(PROJECT), PROJECT);
                Connection plain = postgres.connect();
                Connection governed = weir.connect(PlainPostgres.USER, PROJECT)) {
            new Differences(differences).explain(answers.of(plain), answers.of(governed));
        }
    }
}
