package io.weir.bench;

import io.weir.bench.Installation.Road;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** A connection, one trivial statement, and good-bye. */
final class ConnectionLoad {
    private static final int[] CLIENTS = {1, 4};
    /** Handshakes before anything counts: the TLS code of a young JVM is three times slower. */
    private static final int WARM = 3_000;

    private final Installation installation;

    ConnectionLoad(Installation installation) {
        this.installation = installation;
    }

    void measure(double seconds, int rounds) throws Exception {
        for (int left = WARM; left > 0; ) {
            left -= Load.run(clients(Road.WEIR, 4), 1).sorted().length;
        }
        Comparison.printHead("connection and SHOW");
        for (int clients : CLIENTS) {
            Comparison comparison = new Comparison();
            for (Road road : Road.values()) {
                comparison.add(road.toString(), Road.DIRECT_TLS.toString(), clients(road, clients));
            }
            comparison.run(seconds, rounds);
            comparison.print();
        }
    }

    private List<Load.Client> clients(Road road, int count) {
        return Collections.nCopies(count, () -> once(road));
    }

    private void once(Road road) throws SQLException {
        try (Connection connection = installation.connect(road, new Properties());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW server_version")) {
            result.next();
        }
    }
}
