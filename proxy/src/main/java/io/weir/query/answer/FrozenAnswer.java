package io.weir.query.answer;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A protected answer as a value, for a release request: what the analyst saw, and per hidden cell why, for checkers only. It holds no
 * unprotected number.
 *
 * @param sql the analyst's statement
 * @param columns result columns (without {@code _sdc} columns)
 * @param rows rows in answer order
 * @param facts how it came about
 * @param behind hidden numbers that the answer was computed from, in order
 */
public record FrozenAnswer(
        String sql, List<AnswerColumn> columns, List<List<Cell>> rows, Facts facts, List<HiddenNumber> behind) {
    public FrozenAnswer {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        behind = List.copyOf(behind);
    }

    /** An answer behind which nothing is hidden. */
    public FrozenAnswer(String sql, List<AnswerColumn> columns, List<List<Cell>> rows, Facts facts) {
        this(sql, columns, rows, facts, List.of());
    }

    /**
     * One hidden number of a protected table: a cell of the answer may be made of several. For checkers.
     *
     * @param group its keys, as text
     * @param number what it is, in words
     * @param reasons rule names
     * @param least the least that it can be by what the table shows, rounded down, or null
     * @param most the greatest, rounded up, or null
     */
    public record HiddenNumber(
            String group,
            String number,
            List<String> reasons,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most) {
        public HiddenNumber {
            reasons = List.copyOf(reasons);
        }
    }

    public sealed interface Cell {
        /**
         * @param value Java class of the column's {@link io.weir.query.type.SqlType}, or null for an SQL NULL
         * @param rounded whether the profile rounded it
         */
        record Shown(@Nullable Object value, boolean rounded) implements Cell {}

        /** @param reasons rule names, for checkers: {@code minimum-frequency}, {@code p-percent}, {@code complementary} … */
        record Hidden(List<String> reasons) implements Cell {
            public Hidden {
                reasons = List.copyOf(reasons);
            }
        }
    }

    /**
     * @param project project id
     * @param agreement agreement id
     * @param purpose purpose code
     * @param policyDigest digest of the policy snapshot
     * @param profile disclosure profile applied
     * @param profileParameters its parameters by name, for the record (confidential: checkers only)
     * @param snapshots day each source's data was last updated, by source id
     * @param datasets datasets read
     * @param mode {@code aggregate}, {@code row_level} or {@code reference}
     * @param ruling rules applied, in words, one a line
     * @param marker what exports print for a hidden cell
     */
    public record Facts(
            String project,
            String agreement,
            String purpose,
            String policyDigest,
            String profile,
            Map<String, String> profileParameters,
            Map<String, LocalDate> snapshots,
            List<String> datasets,
            String mode,
            List<String> ruling,
            String marker) {
        public Facts {
            profileParameters = Map.copyOf(profileParameters);
            snapshots = Map.copyOf(snapshots);
            datasets = List.copyOf(datasets);
            ruling = List.copyOf(ruling);
        }
    }
}
