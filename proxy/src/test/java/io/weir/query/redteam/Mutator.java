package io.weir.query.redteam;

import io.weir.problem.ProblemException;
import io.weir.query.session.statement.Lexer;
import io.weir.query.session.statement.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Grows one statement from others. What it makes need not be SQL. One thread. */
final class Mutator {
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", ">", "<=", ">=");
    private static final Set<String> CLAUSES = Set.of(
            "where", "group", "having", "order", "limit", "union", "from", "on", "join", "select", "with", "filter");
    private static final Set<String> AGGREGATES =
            Set.of("count", "sum", "avg", "min", "max", "stddev", "variance", "corr", "every", "bool_or", "median");

    private static final Set<String> ENDS = Set.of("where", "group", "having", "order", "limit", "union", "except");

    private final RandomGenerator random;

    Mutator(RandomGenerator random) {
        this.random = random;
    }

    /** One to four changes. */
    String mutate(String sql, List<String> others) {
        String grown = sql;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            grown = once(grown, others);
        }
        return grown;
    }

    private String once(String sql, List<String> others) {
        List<Token> tokens;
        try {
            tokens = Lexer.tokens(sql);
        } catch (ProblemException unreadable) {
            return pick(others);
        }
        if (tokens.size() < 4) {
            return pick(others);
        }
        return switch (random.nextInt(17)) {
            case 0, 1 -> otherName(sql, tokens);
            case 2, 3 -> replace(sql, tokens, this::isLiteral, pick(Ingredients.LITERALS));
            case 4, 5, 6 -> condition(sql, tokens);
            case 7 -> replace(sql, tokens, token -> AGGREGATES.contains(token.text()), aggregate());
            case 8 -> replace(sql, tokens, this::isComparison, pick(COMPARISONS));
            case 9 -> wrap(sql, tokens);
            case 10 -> filtered(sql, tokens);
            case 11 -> around(sql);
            case 12 -> splice(sql, tokens, pick(others));
            case 13 -> random.nextInt(4) == 0 ? without(sql, tokens) : condition(sql, tokens);
            case 14 -> selected(sql, tokens);
            case 15 -> grouped(sql);
            default -> joined(sql, tokens);
        };
    }

    private interface Choice {
        boolean of(Token token);
    }

    private boolean isName(Token token) {
        return token.kind() == Token.Kind.WORD
                && (Ingredients.PATIENT_COLUMNS.contains(token.text())
                        || Ingredients.ADMISSION_COLUMNS.contains(token.text())
                        || Ingredients.PRESCRIPTION_COLUMNS.contains(token.text()));
    }

    private boolean isLiteral(Token token) {
        return token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.NUMBER;
    }

    private boolean isComparison(Token token) {
        return token.kind() == Token.Kind.SYMBOL && "=<>".contains(token.text());
    }

    /** Another column of the same table where the alias tells which. */
    private String otherName(String sql, List<Token> tokens) {
        List<Token> found = tokens.stream().filter(this::isName).toList();
        if (found.isEmpty()) {
            return sql;
        }
        Token token = pick(found);
        String alias = sql.substring(qualified(sql, token.start()), token.start());
        List<String> columns = switch (alias) {
            case "p.", "r." -> Ingredients.PATIENT_COLUMNS;
            case "a.", "b." -> Ingredients.ADMISSION_COLUMNS;
            default -> List.of(column(sql));
        };
        return sql.substring(0, token.start()) + pick(columns) + sql.substring(token.end());
    }

    /** FILTER behind a call of an aggregate. */
    private String filtered(String sql, List<Token> tokens) {
        List<Integer> calls = new ArrayList<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (AGGREGATES.contains(tokens.get(i).text()) && tokens.get(i + 1).isSymbol('(')) {
                calls.add(i);
            }
        }
        if (calls.isEmpty()) {
            return sql;
        }
        int depth = 0;
        for (Token token : tokens.subList(pick(calls) + 1, tokens.size())) {
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')') && --depth == 0) {
                return sql.substring(0, token.end()) + " filter (where " + anyCondition(sql) + ")"
                        + sql.substring(token.end());
            }
        }
        return sql;
    }

    private String replace(String sql, List<Token> tokens, Choice choice, String by) {
        List<Token> found = tokens.stream().filter(choice::of).toList();
        if (found.isEmpty()) {
            return sql;
        }
        Token token = pick(found);
        return sql.substring(0, token.start()) + by + sql.substring(token.end());
    }

    private String column(String sql) {
        return pick(
                sql.contains("hospital.admissions") && random.nextBoolean()
                        ? Ingredients.ADMISSION_COLUMNS
                        : sql.contains("hospital.prescriptions") && random.nextInt(3) == 0
                                ? Ingredients.PRESCRIPTION_COLUMNS
                                : Ingredients.PATIENT_COLUMNS);
    }

    private String aggregate() {
        String aggregate = pick(Ingredients.AGGREGATES);
        return aggregate.endsWith("distinct") ? "count" : aggregate;
    }

    /** A condition about an alias that the statement has, if it has one. */
    private String anyCondition(String sql) {
        boolean admissions = sql.contains("admissions a") && (random.nextBoolean() || !sql.contains("patients p"));
        String condition = pick(admissions ? Ingredients.ADMISSION_CONDITIONS : Ingredients.PATIENT_CONDITIONS);
        String one = condition.replace("%s", admissions ? "a" : "p").replace("%%", "%");
        return random.nextInt(5) == 0 ? "not (" + one + ")" : one;
    }

    /**
     * Where a FROM list ends.
     *
     * @param where whether it ends with WHERE
     */
    private record End(Token token, boolean where) {}

    /** The end of one of the statement's FROM lists, or null when there is none or it is the end of the text. */
    private @Nullable End end(List<Token> tokens) {
        List<Integer> froms = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("from")) {
                froms.add(i);
            }
        }
        if (froms.isEmpty()) {
            return null;
        }
        int depth = 0;
        for (Token token : tokens.subList(pick(froms) + 1, tokens.size())) {
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')') && --depth < 0) {
                return new End(token, false);
            } else if (depth == 0 && ENDS.contains(token.text())) {
                return new End(token, token.is("where"));
            }
        }
        return null;
    }

    private String condition(String sql, List<Token> tokens) {
        String more = anyCondition(sql);
        if (random.nextInt(4) == 0) {
            List<Token> ons = tokens.stream().filter(token -> token.is("on")).toList();
            if (!ons.isEmpty()) {
                Token on = pick(ons);
                return sql.substring(0, on.end()) + " " + more + " and " + sql.substring(on.end());
            }
        }
        End end = end(tokens);
        if (end == null) {
            return sql + " where " + more;
        }
        if (end.where()) {
            String joint = random.nextInt(3) == 0 ? " or " : " and ";
            return sql.substring(0, end.token().end()) + " " + more + joint
                    + sql.substring(end.token().end());
        }
        return sql.substring(0, end.token().start()) + " where " + more + " "
                + sql.substring(end.token().start());
    }

    /** A call or a conditional around a name or a literal. */
    private String wrap(String sql, List<Token> tokens) {
        List<Token> found = tokens.stream()
                .filter(token -> isName(token) || isLiteral(token))
                .toList();
        if (found.isEmpty()) {
            return sql;
        }
        Token token = pick(found);
        int start = qualified(sql, token.start());
        String it = sql.substring(start, token.end());
        String literal = pick(Ingredients.LITERALS);
        String by = switch (random.nextInt(9)) {
            case 0 -> "case when " + anyCondition(sql) + " then " + it + " else " + literal + " end";
            case 1 -> "coalesce(" + it + ", " + literal + ")";
            case 2 -> "nullif(" + it + ", " + literal + ")";
            case 3 -> "greatest(" + it + ", " + literal + ")";
            case 4 -> "(" + it + " " + pick(Ingredients.OPERATORS) + " " + literal + ")";
            case 5 -> pick(Ingredients.FUNCTIONS) + "(" + it + ")";
            case 6 -> it + "::" + pick(List.of("int", "text", "numeric", "date", "varchar(2)", "boolean", "float8"));
            case 7 -> "case " + it + " when " + literal + " then 1 else 0 end";
            default -> "(select " + pick(List.of("max", "min", "count", "sum")) + "(" + it + "))";
        };
        return sql.substring(0, start) + by + sql.substring(token.end());
    }

    private static int qualified(String sql, int start) {
        int at = start;
        while (at > 0
                && (sql.charAt(at - 1) == '.'
                        || Character.isLetterOrDigit(sql.charAt(at - 1))
                        || sql.charAt(at - 1) == '_')) {
            at--;
        }
        return at;
    }

    private String around(String sql) {
        return switch (random.nextInt(7)) {
            case 0 -> "select count(*) from (" + sql + ") x";
            case 1 -> "select * from (" + sql + ") x order by 1 limit 3";
            case 2 -> "with x as (" + sql + ") select * from x where 1 = 1";
            case 3 -> sql + " order by " + (1 + random.nextInt(2)) + pick(List.of("", " desc", " nulls first"));
            case 4 -> sql + " limit " + random.nextInt(4);
            case 5 -> "select (" + sql + ") as v";
            default -> "select count(*) from hospital.patients p where exists (" + sql + ")";
        };
    }

    /** The end of this statement from one of its clauses on, replaced by the other's from one of its own. */
    private String splice(String sql, List<Token> tokens, String other) {
        List<Token> ours =
                tokens.stream().filter(token -> CLAUSES.contains(token.text())).toList();
        List<Token> theirs;
        try {
            theirs = Lexer.tokens(other).stream()
                    .filter(token -> CLAUSES.contains(token.text()))
                    .toList();
        } catch (ProblemException unreadable) {
            return sql;
        }
        if (ours.isEmpty() || theirs.isEmpty()) {
            return sql;
        }
        Token here = pick(ours);
        List<Token> same = theirs.stream()
                .filter(token -> token.text().equals(here.text()))
                .toList();
        return sql.substring(0, here.start())
                + other.substring(pick(same.isEmpty() ? theirs : same).start());
    }

    private String without(String sql, List<Token> tokens) {
        int from = random.nextInt(tokens.size() - 1);
        int to = Math.min(tokens.size() - 1, from + random.nextInt(5));
        return sql.substring(0, tokens.get(from).start())
                + sql.substring(tokens.get(to).end());
    }

    /** One more column of the answer. */
    private String selected(String sql, List<Token> tokens) {
        List<Token> selects =
                tokens.stream().filter(token -> token.is("select")).toList();
        if (selects.isEmpty()) {
            return sql;
        }
        Token select = pick(selects);
        String column = alias(sql) + column(sql);
        String more = switch (random.nextInt(6)) {
            case 0 -> column;
            case 1 -> pick(Ingredients.AGGREGATES) + "(" + column + ")";
            case 2 -> "sum(case when " + anyCondition(sql) + " then " + pick(Ingredients.LITERALS) + " else 0 end)";
            case 3 -> "count(*) filter (where " + anyCondition(sql) + ")";
            case 4 -> "count(distinct " + column + ")";
            default -> "sum(" + column + " " + pick(List.of("*", "+", "-", "/")) + " " + alias(sql) + column(sql) + ")";
        };
        return sql.substring(0, select.end()) + " " + more + "," + sql.substring(select.end());
    }

    private String alias(String sql) {
        return sql.contains("admissions a") && random.nextBoolean() ? "a." : sql.contains("patients p") ? "p." : "";
    }

    private String grouped(String sql) {
        String column = alias(sql) + column(sql);
        int at = sql.toLowerCase(Locale.ROOT).indexOf("group by");
        return at < 0
                ? sql + " group by " + column
                : sql.substring(0, at + 8) + " " + column + "," + sql.substring(at + 8);
    }

    private String joined(String sql, List<Token> tokens) {
        End end = end(tokens);
        int at = end == null ? sql.length() : end.token().start();
        String alias = sql.contains("patients p") ? "p" : "a";
        String join = pick(List.of(
                "join hospital.admissions b on b.patient_id = %s.patient_id",
                "left join hospital.admissions b on b.patient_id = %s.patient_id and b.icd10 = 'C189'",
                "left join hospital.prescriptions q on q.patient_id = %s.patient_id",
                "join hospital.patients r on r.patient_id = %s.patient_id",
                "join hospital.patients r on r.practice_code = %s.practice_code",
                "full join hospital.admissions b on b.patient_id = %s.patient_id",
                "cross join hospital.sexes s",
                "join hospital.sexes s on s.code = %s.sex",
                "left join (select patient_id, max(cost) m, count(*) n from hospital.admissions group by patient_id) y on y.patient_id = %s.patient_id",
                "join (values (1, 'C189'), (2, 'E112')) v (k, code) on true"));
        return sql.substring(0, at) + " " + join.replace("%s", alias) + " " + sql.substring(at);
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
