package io.weir.query;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How many protected numbers of an answer are shown, and how near those are that stand in one row of the truth: rows with the same keys. A number that is zero, or whose
 * truth is, counts as near where both are, and as far where one is.
 *
 * @param all numbers of the answer
 * @param hidden how many of them are NULL though the truth has a value, or no row of the truth is theirs
 * @param compared those shown that have one row of the truth
 * @param near of those within one percent
 * @param close of those within ten
 */
record HonestNumbers(long all, long hidden, long compared, long near, long close) {
    static final HonestNumbers NONE = new HonestNumbers(0, 0, 0, 0, 0);

    HonestNumbers plus(HonestNumbers o) {
        return new HonestNumbers(all + o.all, hidden + o.hidden, compared + o.compared, near + o.near, close + o.close);
    }

    static HonestNumbers of(HonestAnswers.Table truth, List<List<@Nullable Object>> answer, Set<Integer> measures) {
        long all = 0;
        long hidden = 0;
        long compared = 0;
        long near = 0;
        long close = 0;
        for (List<@Nullable Object> row : answer) {
            List<@Nullable Object> real = HonestAnswers.onlyTwin(truth, row, measures);
            for (int i : measures) {
                Object shown = row.get(i);
                Object exact = real == null ? null : real.get(i);
                if (shown == null && real != null && exact == null) {
                    continue; // nothing to show
                }
                all++;
                if (shown == null) {
                    hidden++;
                } else if (shown instanceof Number s && exact instanceof Number e) {
                    compared++;
                    BigDecimal a = new BigDecimal(e.toString());
                    BigDecimal apart = a.subtract(new BigDecimal(s.toString()), MathContext.DECIMAL64)
                            .abs();
                    near += apart.compareTo(a.abs().movePointLeft(2)) <= 0 ? 1 : 0;
                    close += apart.compareTo(a.abs().movePointLeft(1)) <= 0 ? 1 : 0;
                }
            }
        }
        return new HonestNumbers(all, hidden, compared, near, close);
    }

    /** Columns of which no number is shown though the truth has some. */
    static String neverShown(HonestAnswers.Table truth, List<List<@Nullable Object>> answer, Set<Integer> measures) {
        Set<String> never = new TreeSet<>();
        for (int i : measures) {
            if (answer.stream().allMatch(row -> row.get(i) == null)
                    && truth.rows().stream().anyMatch(row -> row.get(i) != null)) {
                never.add(truth.columns().get(i).replaceAll(" \\d+$", ""));
            }
        }
        return never.isEmpty() ? "" : ", never shown " + never;
    }

    String line(String title) {
        return "| %s | %,d | %,d (%d %%) | %,d | %,d | %s | %s | %s |"
                .formatted(
                        title,
                        all,
                        hidden,
                        share(hidden, all),
                        all - hidden,
                        compared,
                        "%d %%".formatted(share(near, compared)),
                        "%d %%".formatted(share(close, compared)),
                        "%d %%".formatted(100 - share(close, compared)));
    }

    private static long share(long part, long whole) {
        return whole == 0 ? 0 : Math.round(100.0 * part / whole);
    }

    @Override
    public String toString() {
        return "%d of %d shown, compared %d, within 1 %% %d, within 10 %% %d"
                .formatted(all - hidden, all, compared, near, close);
    }
}
