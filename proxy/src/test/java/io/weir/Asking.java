package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.audit.format.Leaf;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions that tests put to a running Weir. */
final class Asking {
    /** Three conditions of its own for each number, so that no question is a step from another: all are first answers. */
    static String fresh(int number) {
        if (number < 0 || number >= 40) {
            throw new IllegalArgumentException("there are 40 fresh questions");
        }
        return "SELECT sex, count(*) FROM patients WHERE date_of_birth >= DATE '%d-01-01' AND registered < DATE '%d-%02d-01' GROUP BY sex ORDER BY sex"
                .formatted(1925 + number, 2019 + number / 12, 1 + number % 12);
    }

    private Asking() {}

    static List<List<@Nullable String>> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int c = 1; c <= result.getMetaData().getColumnCount(); c++) {
                    row.add(result.getString(c));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** Asks for a release; returns the id of the request. */
    static String request(Connection connection, String sql, String title, String destination) throws SQLException {
        return String.valueOf(rows(
                        connection,
                        "CALL weir.request_release(query => $$" + sql + "$$, title => '" + title
                                + "', purpose_note => 'For the steering group', destination => '" + destination + "')")
                .getFirst()
                .getFirst());
    }

    /** Waits for a record of this type after a mark whose field has this value. */
    static Leaf recorded(AuditTrail audit, int mark, EventType type, String field, String value) {
        Await.until(
                "a record " + type + " with " + field + " " + value,
                Duration.ofSeconds(10),
                () -> !matching(audit, mark, type, field, value).isEmpty());
        return matching(audit, mark, type, field, value).getLast();
    }

    static List<Leaf> matching(AuditTrail audit, int mark, EventType type, String field, String value) {
        return audit.since(mark, type).stream()
                .filter(leaf -> value.equals(leaf.rec().get(field)))
                .toList();
    }

    static void answers(Connection connection, String sql) throws SQLException {
        assertThat(rows(connection, sql)).isNotEmpty();
    }
}
