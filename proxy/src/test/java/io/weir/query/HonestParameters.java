package io.weir.query;

import io.weir.WireParameters;
import io.weir.problem.Problem;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An honest statement with parameters where its literals stood, beside the statement itself. */
final class HonestParameters {
    /** What the comparison of one statement gave. */
    enum Outcome {
        /** It has no literals that could be bound, or parameters of its own. */
        NONE,
        /** PostgreSQL takes the literals and not the parameters. */
        INVALID,
        SAME,
        DIFFERENT
    }

    record Compared(Outcome outcome, String words) {}

    private HonestParameters() {}

    /** @param literal the answer to the statement as it is written, with its flags */
    static Compared compare(
            HonestStatements statement, DemoRoad.Result literal, DemoRoad.Session analyst, Connection connection) {
        WireParameters bound = WireParameters.everywhere(statement.sql());
        if (bound.values().isEmpty() || !statement.parameters().isEmpty()) {
            return new Compared(Outcome.NONE, "");
        }
        List<@Nullable SqlType> types = new ArrayList<>(
                bound.types().stream().map(HonestParameters::type).toList());
        @Nullable String refused = refusedByPostgres(bound, connection);
        if (refused != null) {
            return new Compared(Outcome.INVALID, refused);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add(value(types.get(i), bound.values().get(i)));
        }
        DemoRoad.Result result = analyst.bound(bound.sql(), types, values);
        if (literal.problem() != null || result.problem() != null) {
            String before = words(literal.problem());
            String after = words(result.problem());
            return before.equals(after)
                    ? new Compared(Outcome.SAME, "")
                    : new Compared(Outcome.DIFFERENT, before + " -> " + after);
        }
        if (!literal.labels().equals(result.labels())) {
            return new Compared(Outcome.DIFFERENT, "columns " + literal.labels() + " -> " + result.labels());
        }
        for (int i = 0; i < Math.max(literal.rows().size(), result.rows().size()); i++) {
            if (i >= literal.rows().size()
                    || i >= result.rows().size()
                    || !same(literal.rows().get(i), result.rows().get(i))) {
                return new Compared(
                        Outcome.DIFFERENT,
                        "%d rows, %d rows, first difference %s -> %s"
                                .formatted(
                                        literal.rows().size(),
                                        result.rows().size(),
                                        i < literal.rows().size()
                                                ? literal.rows().get(i)
                                                : "none",
                                        i < result.rows().size() ? result.rows().get(i) : "none"));
            }
        }
        return new Compared(Outcome.SAME, "");
    }

    private static boolean same(List<@Nullable Object> a, List<@Nullable Object> b) {
        for (int i = 0; i < a.size(); i++) {
            boolean numbers = a.get(i) instanceof Number && b.get(i) instanceof Number;
            Object x = a.get(i);
            Object y = b.get(i);
            if (numbers
                    ? new BigDecimal(String.valueOf(x)).compareTo(new BigDecimal(String.valueOf(y))) != 0
                    : !java.util.Objects.equals(x, y)) {
                return false;
            }
        }
        return true;
    }

    private static String words(@Nullable Problem problem) {
        return problem == null ? "answered" : problem.code() + " " + problem.detail();
    }

    private static @Nullable String refusedByPostgres(WireParameters bound, Connection connection) {
        String types = bound.types().stream()
                .map(HonestParameters::type)
                .map(type -> type == null ? "unknown" : type.sqlName())
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE bound (" + types + ") AS " + bound.sql());
            statement.execute("DEALLOCATE bound");
            return null;
        } catch (SQLException e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }

    private static @Nullable SqlType type(int oid) {
        return SqlType.byOid(oid).orElse(null);
    }

    private static Object value(@Nullable SqlType type, String text) {
        return switch (type) {
            case INT4 -> (Object) Integer.valueOf(text);
            case NUMERIC -> new BigDecimal(text);
            case DATE -> LocalDate.parse(text);
            case null, default -> text;
        };
    }
}
