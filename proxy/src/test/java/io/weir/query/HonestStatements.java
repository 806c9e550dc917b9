package io.weir.query;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements of a file, in the order in which they are written. {@code -- name:} begins one; {@code -- bind:} gives a parameter; what
 * follows {@code -- truth} is asked from PostgreSQL instead, where analysts see coarser values or more groups than the tables have;
 * {@code -- within:} says how near numbers are.
 *
 * @param name unique in its file
 * @param otherTruth what PostgreSQL is asked, where it is not the statement itself
 * @param tolerance how far protected numbers may lie from the truth though next to nothing is protected, as a fraction: sums of days and
 *     years are always rounded
 */
record HonestStatements(
        String name, String sql, Optional<String> otherTruth, List<@Nullable Object> parameters, BigDecimal tolerance) {
    /** Around a place as many people as an eighth are taken together at most, in groups of the size that the honest statements have. */
    private static final String FARTHER = "0.125";

    static List<HonestStatements> of(String file) {
        List<HonestStatements> all = new ArrayList<>();
        for (String part : HonestRoad.resource(file).split("-- name: ")) {
            int end = part.indexOf('\n');
            if (end > 0 && !part.isBlank() && !part.startsWith("--")) {
                all.add(statement(part.substring(0, end).trim(), part.substring(end + 1)));
            }
        }
        return all;
    }

    private static HonestStatements statement(String name, String text) {
        StringBuilder sql = new StringBuilder();
        StringBuilder truth = new StringBuilder();
        List<@Nullable Object> parameters = new ArrayList<>();
        StringBuilder current = sql;
        BigDecimal tolerance = new BigDecimal("0.001");
        for (String line : text.split("\n")) {
            if (line.startsWith("-- within: ")) {
                tolerance =
                        new BigDecimal(line.substring("-- within: ".length()).trim());
            } else if (line.startsWith("-- bind: ")) {
                parameters.add(value(line.substring("-- bind: ".length()).trim()));
            } else if (line.equals("-- truth")) {
                current = truth;
            } else if (!line.startsWith("-- ")) {
                current.append(line).append('\n');
            }
        }
        return new HonestStatements(
                name,
                sql.toString().trim(),
                truth.isEmpty()
                        ? Optional.empty()
                        : Optional.of(truth.toString().trim()),
                parameters,
                tolerance);
    }

    private static Object value(String text) {
        if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return LocalDate.parse(text);
        }
        return text.matches("-?\\d+") ? (Object) Integer.valueOf(text) : text;
    }

    /** What PostgreSQL says to it with its aggregates rounded as the profile says. */
    HonestRounded.Expected rounded(Connection connection) throws SQLException {
        boolean places = truth().contains("percentile_");
        return new HonestRounded.Expected(
                HonestAnswers.truth(connection, saying(HonestRounded.of(truth()))),
                places ? HonestAnswers.truth(connection, saying(HonestRounded.of(truth(), "-" + FARTHER))) : null,
                places ? HonestAnswers.truth(connection, saying(HonestRounded.of(truth(), FARTHER))) : null);
    }

    private HonestStatements saying(String other) {
        return new HonestStatements(name, other, Optional.empty(), parameters, tolerance);
    }

    String truth() {
        return otherTruth.orElse(sql);
    }
}
