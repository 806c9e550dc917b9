package io.weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.demo.tour.Connections;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Queries through a running quickstart against the same generated SQL sent to its source directly, interleaved. Arguments: the state
 * directory; seconds of each measurement (2 by default); rounds (5 by default). Writes to the quickstart only what analysts' questions
 * write: answers and audit records.
 */
public final class QueryBenchmark {
    private final Path state;
    private final Connections connections;

    private QueryBenchmark(Path state) throws java.io.IOException {
        this.state = state;
        this.connections = new ObjectMapper()
                .readValue(state.resolve("connections.json").toFile(), Connections.class);
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("usage: QueryBenchmark STATE [SECONDS] [ROUNDS]");
            System.exit(2);
        }
        Path state = Path.of(arguments[0]).toAbsolutePath().normalize();
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 2;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        System.out.printf(
                "Java %s, %d processors, load %.1f, %d rounds of %.1f s%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                ManagementLoad.average(),
                rounds,
                seconds);
        QueryBenchmark benchmark = new QueryBenchmark(state);
        new SmallQueries(benchmark, new SecureRandom()).measure(seconds, rounds);
        new RowStreams(benchmark).measure(rounds);
        System.out.printf("%nload at the end %.1f%n", ManagementLoad.average());
    }

    Path state() {
        return state;
    }

    Connection weir(String personAtProject) throws SQLException {
        Connections.User user = connections.postgres().users().get(personAtProject);
        if (user == null) {
            throw new SQLException("no such demo user: " + personAtProject);
        }
        Properties properties = new Properties();
        properties.setProperty("user", user.user());
        properties.setProperty("password", user.password());
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", connections.postgres().caFile());
        return DriverManager.getConnection(user.url(), properties);
    }

    Connection direct() throws SQLException {
        Connections.Source source = connections.source();
        return DriverManager.getConnection(source.url(), source.user(), source.password());
    }

    /** Reads every value as text, as a client that prints does. */
    static long drain(PreparedStatement statement) throws SQLException {
        long rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                for (int column = 1; column <= width; column++) {
                    String ignored = result.getString(column);
                }
                rows++;
            }
        }
        return rows;
    }

    static void close(List<Connection> all) throws SQLException {
        for (Connection connection : new ArrayList<>(all)) {
            connection.close();
        }
    }

    private static final class ManagementLoad {
        static double average() {
            return java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        }
    }
}
