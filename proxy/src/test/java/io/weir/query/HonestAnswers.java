package io.weir.query;

import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers beside what PostgreSQL answers to the same statement: where they differ, in words; nothing where they do not. */
final class HonestAnswers {
    private static final BigDecimal EXACT = new BigDecimal("0.000001");

    private HonestAnswers() {}

    /**
     * @param columns labels and type OIDs
     */
    record Table(List<String> columns, List<List<@Nullable Object>> rows) {}

    /** Whether PostgreSQL takes the statement; it is not executed. The corpus names its own database, which is another here. */
    static void require(Connection connection, HonestStatements statement) throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement(placeholders(statement.sql().replace("spike.cdm.", "cdm.")))) {
            prepared.getMetaData();
        }
    }

    /** As the driver has them; an operator that is a question mark is written twice for it. */
    private static String placeholders(String sql) {
        return sql.replace(" ? ", " ?? ").replaceAll("\\$\\d+", "?");
    }

    static Table truth(Connection connection, HonestStatements statement) throws SQLException {
        String sql = placeholders(statement.truth()).replace("current_date", "date '2026-09-30'");
        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
            for (int i = 0;
                    i < statement.parameters().size()
                            && i < prepared.getParameterMetaData().getParameterCount();
                    i++) {
                prepared.setObject(i + 1, statement.parameters().get(i));
            }
            try (ResultSet found = prepared.executeQuery()) {
                ResultSetMetaData meta = found.getMetaData();
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    columns.add(meta.getColumnLabel(i) + " " + oid(meta.getColumnTypeName(i)));
                }
                List<List<@Nullable Object>> rows = new ArrayList<>();
                while (found.next()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 1; i <= meta.getColumnCount(); i++) {
                        row.add(value(found, i, meta.getColumnTypeName(i)));
                    }
                    rows.add(row);
                }
                return new Table(columns, rows);
            }
        }
    }

    private static @Nullable Object value(ResultSet found, int column, String type) throws SQLException {
        return switch (type) {
            case "date" -> found.getObject(column, LocalDate.class);
            case "timestamp" -> found.getObject(column, LocalDateTime.class);
            case "timestamptz" -> {
                OffsetDateTime moment = found.getObject(column, OffsetDateTime.class);
                yield moment == null ? null : moment.toInstant();
            }
            default -> found.getObject(column);
        };
    }

    private static int oid(String typeName) {
        return SqlType.byName(typeName).map(SqlType::oid).orElse(0);
    }

    /**
     * Where an answer from which next to nothing is hidden differs from the truth. A value of one person alone is hidden even there, and
     * groups that nobody is in may be listed beside those that the data have.
     *
     * @param measures positions of protected numbers
     */
    static List<String> differences(
            Table truth, List<List<@Nullable Object>> answer, Set<Integer> measures, BigDecimal tolerance) {
        List<String> differences = new ArrayList<>();
        List<List<@Nullable Object>> open = new ArrayList<>(truth.rows());
        long shown = 0;
        for (List<@Nullable Object> row : answer) {
            List<@Nullable Object> twin = null;
            for (List<@Nullable Object> candidate : open) {
                if (alike(candidate, row, measures, tolerance)) {
                    twin = candidate;
                    break;
                }
            }
            if (twin != null) {
                open.remove(twin);
                shown += measures.stream().anyMatch(i -> row.get(i) != null) ? 1 : 0;
            } else if (!empty(row, measures)) {
                differences.add("not true: " + row);
            }
        }
        List<List<@Nullable Object>> missing =
                open.stream().filter(row -> !few(row, measures)).toList();
        missing.forEach(row -> differences.add("missing: " + row));
        boolean tells = truth.rows().stream().anyMatch(row -> !empty(row, measures));
        if (tells && !measures.isEmpty() && shown == 0 && differences.isEmpty()) {
            differences.add("everything is hidden");
        }
        return differences;
    }

    private static boolean empty(List<@Nullable Object> row, Set<Integer> measures) {
        return !measures.isEmpty()
                && measures.stream()
                        .map(row::get)
                        .allMatch(v -> v == null || v instanceof Number n && n.doubleValue() == 0);
    }

    /** Whether it may be about one person, so that it is left out or hidden: a count of one or none, or nothing to count. A share of one says nothing of it. */
    private static boolean few(List<@Nullable Object> row, Set<Integer> measures) {
        return measures.stream()
                .map(row::get)
                .anyMatch(v -> v == null
                        || (v instanceof Long || v instanceof Integer) && ((Number) v).longValue() <= 1
                        || v instanceof Number n && n.doubleValue() == 0);
    }

    /** Whether an ordered answer has its rows in the order of the truth. */
    static boolean sameOrder(
            Table truth, List<List<@Nullable Object>> answer, Set<Integer> measures, BigDecimal tolerance) {
        int at = 0;
        for (List<@Nullable Object> row : answer) {
            if (empty(row, measures) || measures.stream().anyMatch(i -> row.get(i) == null)) {
                continue; // where it stands depends on what is hidden
            }
            while (at < truth.rows().size() && !alike(truth.rows().get(at), row, measures, tolerance)) {
                at++;
            }
            if (at == truth.rows().size()) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(
            List<@Nullable Object> real, List<@Nullable Object> shown, Set<Integer> measures, BigDecimal tolerance) {
        for (int i = 0; i < real.size(); i++) {
            boolean hidden = measures.contains(i) && shown.get(i) == null;
            if (!hidden && !alike(real.get(i), shown.get(i), measures.contains(i) ? tolerance : EXACT)) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(@Nullable Object real, @Nullable Object shown, BigDecimal tolerance) {
        if (real instanceof Number x && shown instanceof Number y) {
            BigDecimal a = new BigDecimal(x.toString());
            BigDecimal b = new BigDecimal(y.toString());
            BigDecimal apart = a.subtract(b, MathContext.DECIMAL64).abs();
            return apart.compareTo(a.abs().multiply(tolerance).max(new BigDecimal("0.000001"))) <= 0;
        }
        return real instanceof String a && shown instanceof String b
                ? a.stripTrailing().equals(b.stripTrailing())
                : Objects.equals(real, shown);
    }

    /**
     * Where a protected answer tells something else than the truth, rounded, or hidden: values are near, and no count of a few people is
     * shown.
     *
     * @param measures positions of protected numbers
     * @param threshold smallest count that may be shown
     */
    static List<String> unprotected(
            Table truth, List<List<@Nullable Object>> answer, Set<Integer> measures, int threshold) {
        List<String> found = new ArrayList<>();
        for (List<@Nullable Object> row : answer) {
            List<@Nullable Object> real = onlyTwin(truth, row, measures);
            if (real == null) {
                continue; // ordered or cut by protected values: what is in it was compared elsewhere
            }
            for (int i : measures) {
                Object shown = row.get(i);
                Object exact = real.get(i);
                if (shown == null
                        && exact != null
                        && !"hidden".equals(row.get(truth.columns().size() + i))) {
                    found.add("missing without a word: " + row + " for " + real);
                }
                boolean count = truth.columns().get(i).matches("(n|n_\\w+|count) 20");
                if (count
                        && shown instanceof Number s
                        && s.longValue() != 0
                        && exact instanceof Number n
                        && n.longValue() > 0
                        && n.longValue() < threshold) {
                    found.add("a small count is shown: " + row + " for " + real);
                }
                if (count
                        && shown instanceof Number s
                        && exact instanceof Number n
                        && Math.abs(s.doubleValue() - n.doubleValue()) > Math.max(25, 0.1 * n.doubleValue())) {
                    found.add("far from the truth: " + row + " for " + real);
                }
            }
        }
        return found;
    }

    /** The one row of the truth that has an answer's keys; null where there is none or several. */
    static @Nullable List<@Nullable Object> onlyTwin(Table truth, List<@Nullable Object> row, Set<Integer> measures) {
        List<List<@Nullable Object>> twins =
                truth.rows().stream().filter(r -> keysAlike(r, row, measures)).toList();
        return twins.size() == 1 ? twins.getFirst() : null;
    }

    static boolean keysAlike(List<@Nullable Object> real, List<@Nullable Object> shown, Set<Integer> measures) {
        for (int i = 0; i < real.size(); i++) {
            if (!measures.contains(i) && !alike(real.get(i), shown.get(i), BigDecimal.ZERO)) {
                return false;
            }
        }
        return true;
    }

    /** Positions of the columns that the answer calls protected anywhere. */
    static Set<Integer> measures(DemoRoad.Result flagged, int width) {
        Set<Integer> measures = new HashSet<>();
        for (List<@Nullable Object> row : flagged.rows()) {
            for (int i = 0; i < width; i++) {
                if (!"ok".equals(row.get(width + i))) {
                    measures.add(i);
                }
            }
        }
        return measures;
    }
}
