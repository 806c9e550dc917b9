package io.weir.client;

import io.weir.ColumnsOfEveryType;
import io.weir.ColumnsOfEveryType.Address;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What pgjdbc reads of columns of every type: by simple queries, by prepared statements in text, and in binary. */
final class PgjdbcReading {
    private PgjdbcReading() {}

    static Map<String, List<String>> of(Address address) throws SQLException {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (String way : List.of("simple", "text", "binary")) {
            try (Connection connection = connect(address, way);
                    Statement set = connection.createStatement()) {
                set.execute("SET TimeZone = 'Europe/London'");
                for (String table : ColumnsOfEveryType.tables()) {
                    for (String column : ColumnsOfEveryType.names()) {
                        answers.put("pgjdbc " + way + " " + table + " " + column, column(connection, table, column));
                    }
                }
            }
        }
        return answers;
    }

    private static Connection connect(Address address, String way) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        if (address.authority().isEmpty()) {
            properties.setProperty("sslmode", "disable");
        } else {
            properties.setProperty("sslmode", "verify-full");
            properties.setProperty("sslrootcert", address.authority());
        }
        properties.setProperty("preferQueryMode", way.equals("simple") ? "simple" : "extended");
        properties.setProperty("binaryTransfer", String.valueOf(way.equals("binary")));
        // The first execution is in binary already.
        properties.setProperty("prepareThreshold", way.equals("binary") ? "-1" : "5");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(), properties);
    }

    private static List<String> column(Connection connection, String table, String column) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT " + column + " FROM " + table + " ORDER BY n");
                ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData about = rows.getMetaData();
            lines.add(String.join(
                    " ",
                    about.getColumnName(1),
                    about.getColumnTypeName(1),
                    String.valueOf(about.getColumnType(1)),
                    String.valueOf(about.getPrecision(1)),
                    String.valueOf(about.getScale(1)),
                    String.valueOf(about.getColumnDisplaySize(1)),
                    String.valueOf(about.isSigned(1)),
                    about.getColumnClassName(1)));
            while (rows.next()) {
                // The driver prints the address of binary bytes.
                lines.add(told(() -> rows.getString(1)).replaceFirst("\\[B@[0-9a-f]+", "[B@"));
                lines.add(told(() -> rows.getObject(1)));
                lines.add(told(() -> rows.getBytes(1)));
            }
        }
        return lines;
    }

    private interface Getter {
        @Nullable
        Object get() throws SQLException;
    }

    private static String told(Getter getter) {
        try {
            return switch (getter.get()) {
                case null -> "NULL";
                case byte[] bytes -> "bytes " + Arrays.toString(bytes);
                case java.sql.Array array -> array.getBaseTypeName() + " " + array + " " + elements(array);
                case Timestamp moment -> "timestamp " + moment.getTime() + " " + moment.getNanos();
                case java.util.Date day -> day.getClass().getName() + " " + day.getTime();
                case Object value -> value.getClass().getName() + " " + value;
            };
        } catch (SQLException refused) {
            return "! " + refused.getSQLState();
        }
    }

    private static String elements(java.sql.Array array) {
        try {
            Object value = array.getArray();
            return value.getClass().getTypeName() + " " + Arrays.deepToString((Object[]) value);
        } catch (SQLException refused) {
            return "! " + refused.getSQLState();
        }
    }
}
