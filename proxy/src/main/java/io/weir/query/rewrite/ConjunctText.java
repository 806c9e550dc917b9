package io.weir.query.rewrite;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything a question says about one set of base columns, as canonical text.
 *
 * @param kind what it does to the comparison of questions
 * @param columns base columns, empty when it is about none
 * @param parts canonical texts of all that is said, sorted
 */
public record ConjunctText(Kind kind, Set<String> columns, List<String> parts) {
    public ConjunctText {
        columns = Set.copyOf(columns);
        parts = List.copyOf(parts);
    }

    /** How a difference counts. */
    public enum Kind {
        /** A condition of the analyst: one difference. */
        CONDITION,
        /** A join or shape that can change the rows without a condition: no difference of its own beside one, but one when alone. */
        SHAPE,
        /** A definition (a link, a coarsening): other questions, nothing to compare. */
        DEFINITION
    }

    static String of(Kind kind, Collection<String> columns, Collection<String> parts) {
        return kind
                + Separators.PART
                + String.join(Separators.FIELD, new TreeSet<>(columns))
                + Separators.PART
                + String.join(Separators.PART, new TreeSet<>(parts));
    }

    public static ConjunctText read(String text) {
        String[] fields = text.split(Separators.PART, -1);
        return new ConjunctText(
                Kind.valueOf(fields[0]),
                KeyText.columns(fields[1]),
                Arrays.asList(fields).subList(2, fields.length));
    }

    /** Whether no row can satisfy both; only ever true when that is certain. */
    public boolean excludes(ConjunctText other) {
        return ColumnCondition.exclude(conditions(parts), conditions(other.parts));
    }

    /** Both, about the same columns. */
    public ConjunctText and(ConjunctText other) {
        TreeSet<String> all = new TreeSet<>(parts);
        all.addAll(other.parts);
        return new ConjunctText(
                kind,
                columns,
                new TreeSet<>(ColumnCondition.simplified(all)).stream().toList());
    }

    private static List<ColumnCondition> conditions(List<String> parts) {
        return parts.stream()
                .map(ColumnCondition::read)
                .flatMap(java.util.Optional::stream)
                .toList();
    }
}
