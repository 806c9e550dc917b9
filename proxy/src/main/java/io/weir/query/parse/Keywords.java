package io.weir.query.parse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a word means where PostgreSQL's grammar (Appendix C) gives it a meaning. */
final class Keywords {
    enum Role {
        /** Always a keyword. */
        STRUCTURE,
        /** A function without parentheses. */
        CALLED,
        /** A clause that Weir does not have. */
        REFUSED,
        /** Depends on its neighbours. */
        CONTEXT,
        /** An identifier. */
        NAME
    }

    private Keywords() {}

    static Role role(String word) {
        return switch (word) {
            case "select",
                    "from",
                    "where",
                    "group",
                    "order",
                    "having",
                    "limit",
                    "offset",
                    "union",
                    "intersect",
                    "except",
                    "all",
                    "any",
                    "some",
                    "as",
                    "on",
                    "using",
                    "join",
                    "cross",
                    "inner",
                    "left",
                    "right",
                    "full",
                    "natural",
                    "outer",
                    "and",
                    "or",
                    "not",
                    "in",
                    "is",
                    "null",
                    "true",
                    "false",
                    "case",
                    "when",
                    "then",
                    "else",
                    "end",
                    "like",
                    "ilike",
                    "overlaps",
                    "asc",
                    "desc",
                    "with",
                    "values",
                    "window",
                    "lateral",
                    "symmetric",
                    "asymmetric" -> Role.STRUCTURE;
            case "current_date",
                    "current_timestamp",
                    "current_time",
                    "localtime",
                    "localtimestamp",
                    "current_user",
                    "session_user",
                    "user",
                    "current_role",
                    "current_catalog" -> Role.CALLED;
            case "tablesample", "collate", "into", "for", "recursive", "array", "only", "ordinality" -> Role.REFUSED;
            case "by",
                    "partition",
                    "nulls",
                    "first",
                    "last",
                    "filter",
                    "over",
                    "within",
                    "escape",
                    "unknown",
                    "exists",
                    "similar",
                    "grouping",
                    "sets",
                    "between",
                    "isnull",
                    "notnull",
                    "at",
                    "table",
                    "distinct",
                    "fetch",
                    "row",
                    "rows" -> Role.CONTEXT;
            default -> Role.NAME;
        };
    }

    static boolean isWindowWord(String word) {
        return switch (word) {
            case "rows",
                    "range",
                    "groups",
                    "unbounded",
                    "preceding",
                    "following",
                    "current",
                    "row",
                    "exclude",
                    "ties",
                    "no",
                    "others" -> true;
            default -> false;
        };
    }

    static @Nullable String hint(String word) {
        return switch (word) {
            case "recursive" -> "write out the levels that are needed";
            case "tablesample" -> "use a condition instead";
            case "into" -> "results are released through a release request";
            case "for" -> "Weir is read-only: leave FOR UPDATE out";
            case "array" -> "use IN (…)";
            default -> null;
        };
    }

    static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
