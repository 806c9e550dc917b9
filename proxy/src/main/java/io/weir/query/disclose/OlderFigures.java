package io.weir.query.disclose;

import io.weir.disclosure.history.Fingerprint;
import io.weir.disclosure.history.Selection.Condition;
import io.weir.query.disclose.TableFigures.Measure;
import io.weir.query.rewrite.FigureKinds;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Figures that were kept when people, and each column's amounts, were measures of their own, in units of their own: read as what they are now, so that new ones are compared with
 * them. That a measure has another name than today's would keep it out of every comparison.
 */
final class OlderFigures {
    private static final String COUNT = " count";
    private static final String SUM = " " + FigureKinds.SUM;
    private static final String DISTINCT = " distinct(";
    private static final String OF = "of ";
    private static final long ONE = 1_000_000_000_000_000_000L; // in units of Fingerprint.DECIMALS

    private OlderFigures() {}

    static Measure measure(Measure older) {
        String name = older.measure();
        if (name.endsWith(COUNT)) {
            return named(older, before(name, COUNT) + " " + FigureKinds.NUMBERS, older.kind(), older.conditions());
        }
        if (name.contains(SUM)) {
            return named(older, before(name, SUM) + " " + FigureKinds.NUMBERS, FigureKinds.SUM, older.conditions());
        }
        if (name.contains(DISTINCT)) {
            Set<Condition> others = older.conditions().stream()
                    .filter(condition -> !condition.text().startsWith(OF))
                    .collect(Collectors.toSet());
            String kind = older.conditions().stream()
                    .map(Condition::text)
                    .filter(text -> text.startsWith(OF))
                    .map(text -> text.substring(OF.length()))
                    .findFirst()
                    .orElse(older.kind());
            return named(older, before(name, DISTINCT) + " " + FigureKinds.VALUES, kind, others);
        }
        return older;
    }

    /** Numbers of people and of their rows were kept as wholes. */
    static @Nullable Fingerprint print(Measure older, @Nullable Fingerprint print) {
        boolean whole = older.measure().endsWith(COUNT) || older.measure().contains(DISTINCT);
        return print == null || !whole
                ? print
                : Fingerprint.ofLongs(
                        Arrays.stream(print.toLongs()).map(n -> n * ONE).toArray());
    }

    private static Measure named(Measure older, String measure, String kind, Set<Condition> conditions) {
        return new Measure(measure, kind, conditions, older.halves());
    }

    private static String before(String name, String end) {
        return name.substring(0, name.indexOf(end));
    }
}
