package io.weir.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Questions of one shape: admissions of a provider in a span of months. Thread-safe. */
final class Questions {
    static final String SQL =
            "SELECT method, count(*) AS stays FROM admissions WHERE provider_code = ? AND admitted >= ? AND admitted < ?"
                    + " GROUP BY method";
    private static final LocalDate FIRST_MONTH = LocalDate.of(2021, 4, 1);
    private static final int MONTHS = 64;
    private static final int LONGEST = 6;
    private static final int REPEATED = 8;

    private final List<Question> repeated;
    private final Iterator<Question> fresh;

    /**
     * @param from first day
     * @param until day after the last
     */
    record Question(String provider, LocalDate from, LocalDate until) {
        /** The same with its values in the text. */
        String literal() {
            return SQL.replaceFirst("\\?", "'" + provider + "'")
                    .replaceFirst("\\?", "DATE '" + from + "'")
                    .replaceFirst("\\?", "DATE '" + until + "'");
        }
    }

    /** @param random decides the order; a seed that an earlier run used makes its first answers replays */
    Questions(List<String> providers, Random random) {
        List<Question> all = new ArrayList<>();
        for (String provider : providers) {
            for (int from = 0; from < MONTHS; from++) {
                for (int until = from + 1; until <= Math.min(MONTHS, from + LONGEST); until++) {
                    all.add(new Question(
                            provider, FIRST_MONTH.plusMonths(from), FIRST_MONTH.plusMonths(until)));
                }
            }
        }
        Collections.shuffle(all, random);
        repeated = List.copyOf(all.subList(0, REPEATED));
        fresh = all.subList(REPEATED, all.size()).iterator();
    }

    List<Question> repeated() {
        return repeated;
    }

    Question repeated(long number) {
        return repeated.get((int) (number % REPEATED));
    }

    /** One that was not given out before. */
    synchronized Question fresh() {
        return fresh.next();
    }
}
