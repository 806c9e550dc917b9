package io.weir.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All calls of {@link DatabaseMetaData}, through Weir and against an ordinary PostgreSQL with the same tables. */
class PgjdbcCatalogueIT {
    @Tag("S28")
    @Test
    void metaDataIsThatOfAnOrdinaryPostgresqlOrTheDifferenceHasAReason() throws Exception {
        BothCatalogues.compare("pgjdbc_differences.txt", PgjdbcCatalogueIT::answers);
    }

    private static Map<String, List<String>> answers(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        Map<String, List<String>> answers = new TreeMap<>();
        Method[] methods = DatabaseMetaData.class.getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::toString));
        for (Method method : methods) {
            for (@Nullable Object[] arguments : arguments(method)) {
                String call = method.getName() + Arrays.toString(arguments);
                answers.put(call, answer(metaData, method, arguments));
            }
        }
        return answers;
    }

    /** Arguments to try: for names the governed schema, one table, and everything. */
    private static List<@Nullable Object[]> arguments(Method method) {
        if (method.getParameterCount() == 0) {
            return method.getName().equals("getConnection") ? List.of() : List.<@Nullable Object[]>of(new Object[0]);
        }
        if (method.getDeclaringClass() != DatabaseMetaData.class) {
            return List.of();
        }
        List<@Nullable Object[]> all = new ArrayList<>();
        for (@Nullable
        String[] names : new @Nullable String[][] {
            {BothCatalogues.PROJECT, "hospital", "patients"},
            {null, "hospital", "admissions"},
            {null, null, "%"},
            {null, "weir", "%"}
        }) {
            @Nullable Object[] arguments = new Object[method.getParameterCount()];
            int next = 0;
            for (int i = 0; i < arguments.length; i++) {
                Class<?> type = method.getParameterTypes()[i];
                if (type == String.class) {
                    arguments[i] = next < 3 ? names[next++] : (i == 3 ? "%" : names[i % 3]);
                } else if (type == int.class) {
                    arguments[i] = 1;
                } else if (type == boolean.class) {
                    arguments[i] = true;
                }
            }
            all.add(arguments);
        }
        return all;
    }

    private static List<String> answer(DatabaseMetaData metaData, Method method, @Nullable Object[] arguments) {
        try {
            Object value = method.invoke(metaData, arguments);
            if (!(value instanceof ResultSet rows)) {
                return List.of(String.valueOf(value));
            }
            List<String> lines = lines(rows);
            if (method.getName().equals("getTypeInfo")) {
                // Ordered by the JDBC type only: several have the same.
                lines.sort(Comparator.naturalOrder());
            }
            return lines;
        } catch (InvocationTargetException refused) {
            return List.of(String.valueOf(refused.getCause()));
        } catch (IllegalAccessException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (rows) {
            ResultSetMetaData columns = rows.getMetaData();
            lines.add(columns.getColumnCount() + " columns");
            while (rows.next()) {
                StringJoiner line = new StringJoiner("|");
                for (int c = 1; c <= columns.getColumnCount(); c++) {
                    line.add(String.valueOf(rows.getString(c)).replace("\n", " "));
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }
}
