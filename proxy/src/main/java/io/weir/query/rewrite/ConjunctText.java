package io.weir.query.rewrite;

import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything a question says about one set of base columns, as canonical text.
 *
 * @param kind what it is to the comparison of figures
 * @param columns base columns, empty when it is about none
 * @param parts canonical texts of all that is said, sorted
 */
public record ConjunctText(Kind kind, Set<String> columns, List<String> parts) {
    public ConjunctText {
        columns = Set.copyOf(columns);
        parts = List.copyOf(parts);
    }

    /** What it says. */
    public enum Kind {
        /** A condition of the analyst on the rows. */
        CONDITION,
        /** A join or shape that can change the rows without a condition: about no column, it is part of what the rows are. */
        SHAPE,
        /** A definition (a link, a coarsening): it makes another question, and the same rows. */
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

    /** The part that says that a group's key has a value. */
    public static String keyPart(String expression, SqlType type, @Nullable Object value) {
        return value == null
                ? Op.IS_NULL + List.of(expression).toString()
                : ColumnCondition.equality(expression, type, value);
    }

    /** Whether a part asks that columns have a value, and what is calculated from them: nothing that depends on a condition ({@link MerePresence}). */
    public static boolean isPresence(String part) {
        return part.startsWith(Op.IS_NOT_NULL + "[");
    }

    /** The same, whether or not it tells something that a value is not there. */
    public static boolean isThere(String part) {
        return isPresence(part)
                || ConditionText.read(part) instanceof ConditionText.NotTrue(List<ConditionText> all)
                        && all.size() == 1
                        && all.getFirst() instanceof ConditionText.Plain(String text)
                        && text.startsWith(Op.IS_NULL + "[");
    }

    private static List<ColumnCondition> conditions(List<String> parts) {
        return parts.stream()
                .map(ColumnCondition::read)
                .flatMap(java.util.Optional::stream)
                .toList();
    }
}
