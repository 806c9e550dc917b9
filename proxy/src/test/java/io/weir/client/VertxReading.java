package io.weir.client;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.desc.ColumnDescriptor;
import io.weir.ColumnsOfEveryType;
import io.weir.ColumnsOfEveryType.Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What the PostgreSQL client of Vert.x reads of columns of every type: text by simple queries, binary by prepared ones. */
final class VertxReading {
    private VertxReading() {}

    static Map<String, List<String>> of(Address address) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            PgConnection connection = VertxPgClientIT.await(PgConnection.connect(vertx, options(address)));
            VertxPgClientIT.await(
                    connection.query("SET TimeZone = 'Europe/London'").execute());
            Map<String, List<String>> answers = new LinkedHashMap<>();
            for (String table : ColumnsOfEveryType.tables()) {
                for (String column : ColumnsOfEveryType.names()) {
                    String sql = "SELECT " + column + " FROM " + table + " ORDER BY n";
                    answers.put(
                            "vertx text " + table + " " + column,
                            lines(() ->
                                    VertxPgClientIT.await(connection.query(sql).execute())));
                    answers.put(
                            "vertx binary " + table + " " + column,
                            lines(() -> VertxPgClientIT.await(
                                    connection.preparedQuery(sql).execute())));
                }
            }
            VertxPgClientIT.await(connection.close());
            return answers;
        } finally {
            VertxPgClientIT.await(vertx.close());
        }
    }

    private static PgConnectOptions options(Address address) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setUser(address.user())
                .setPassword(address.password())
                .setDatabase(address.database());
        if (!address.authority().isEmpty()) {
            options.setSslMode(io.vertx.pgclient.SslMode.VERIFY_FULL)
                    .setSslOptions(new ClientSSLOptions()
                            .setHostnameVerificationAlgorithm("HTTPS")
                            .setTrustOptions(new PemTrustOptions().addCertPath(address.authority())));
        }
        return options;
    }

    private interface Question {
        RowSet<Row> ask() throws Exception;
    }

    private static List<String> lines(Question question) throws Exception {
        List<String> lines = new ArrayList<>();
        try {
            RowSet<Row> rows = question.ask();
            for (ColumnDescriptor column : rows.columnDescriptors()) {
                lines.add(column.name() + " " + column.typeName() + " " + column.jdbcType() + " " + column.isArray());
            }
            rows.forEach(row -> lines.add(shown(row.getValue(0))));
        } catch (ExecutionException refused) {
            lines.add("! " + refused.getCause().getClass().getSimpleName());
        }
        return lines;
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Buffer bytes -> "bytes " + HexFormat.of().formatHex(bytes.getBytes());
            case Object[] elements ->
                elements.getClass().getSimpleName()
                        + Arrays.stream(elements).map(VertxReading::shown).toList();
            default -> value.getClass().getSimpleName() + " " + value;
        };
    }
}
