package io.weir.query;

import io.weir.embedded.TestPostgres.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as texts that are equal where the values are, whichever driver or evaluator they come from. */
final class PlainRows {
    private PlainRows() {}

    /** What PostgreSQL itself answers. */
    static List<List<String>> truth(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            ResultSet found = statement.executeQuery(sql);
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getObject(i));
                }
                rows.add(plain(row));
            }
            return rows;
        }
    }

    static List<String> plain(List<@Nullable Object> row) {
        return row.stream().map(PlainRows::plain).toList();
    }

    private static String plain(@Nullable Object value) {
        return switch (value) {
            case java.sql.Date date -> date.toLocalDate().toString();
            case LocalDate date -> date.toString();
            case LocalDateTime moment -> moment.toString();
            case OffsetDateTime moment -> moment.toInstant().toString();
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case null, default -> String.valueOf(value);
        };
    }
}
