package io.weir.query;

import io.weir.problem.Problem;
import io.weir.query.catalog.GovernedSchema;
import io.weir.yaml.Spelling;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells who misspelt a name what was probably meant, or where the names stand. Only names that are granted to the project or on the list
 * of permitted functions are ever suggested; a name that exists and is not granted is treated like one that does not exist.
 *
 * @param functions names of all permitted functions
 */
record Suggestions(GovernedSchema schema, Set<String> functions) {
    /** The same problem, with a hint where it concerns a name. */
    Problem improve(Problem problem, String sql) {
        String name = nameAt(sql, problem.position());
        String hint = name.isEmpty()
                ? problem.hint()
                : switch (problem.code()) {
                    case UNKNOWN_RELATION ->
                        orElse(
                                problem.hint(),
                                name,
                                relations(name.contains(".")),
                                "The relations granted to this project are in information_schema.tables (psql: \\dt *.*).");
                    case UNKNOWN_COLUMN ->
                        orElse(
                                problem.hint(),
                                last(name),
                                columns(),
                                "The columns granted to this project are in information_schema.columns (psql: \\d and the table's name).");
                    case UNKNOWN_FUNCTION -> function(problem, last(name));
                    default -> problem.hint();
                };
        return new Problem(problem.code(), problem.detail(), hint, problem.position());
    }

    private static String orElse(@Nullable String known, String name, Collection<String> candidates, String otherwise) {
        if (known != null) {
            return known;
        }
        String near = Spelling.nearest(name, candidates);
        return near == null || near.equals(name) ? otherwise : "Did you mean " + near + "?";
    }

    private @Nullable String function(Problem problem, String name) {
        return functions.contains(name)
                ? problem.hint()
                : orElse(
                        Instead.of(name),
                        name,
                        functions,
                        "Only listed functions can be used: see functions and operators in the reference.");
    }

    private Set<String> relations(boolean qualified) {
        Set<String> names = new TreeSet<>();
        for (GovernedSchema.Table table : schema.tables()) {
            names.add(qualified ? table.name().toString() : table.name().name());
        }
        return names;
    }

    private Set<String> columns() {
        Set<String> names = new TreeSet<>();
        for (GovernedSchema.Table table : schema.tables()) {
            table.columns().forEach(column -> names.add(column.name()));
        }
        return names;
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The name at a 1-based position, folded as PostgreSQL folds it, or "". */
    private static String nameAt(String sql, int position) {
        if (position < 1 || position > sql.codePointCount(0, sql.length())) {
            return "";
        }
        int start = sql.offsetByCodePoints(0, position - 1);
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = start; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted || c == '.' || c == '_' || c == '$' || Character.isLetterOrDigit(c)) {
                name.append(c);
            } else {
                break;
            }
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
