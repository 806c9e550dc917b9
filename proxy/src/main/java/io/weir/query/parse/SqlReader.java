package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.parse.PgToken.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns PostgreSQL tokens into the text of the generated parser. Words are keywords only where PostgreSQL's grammar makes them keywords;
 * everywhere else they become quoted identifiers, so that {@code count}, {@code year} or {@code value} need no exceptions.
 */
final class SqlReader {
    private static final int EXPONENT = 400;

    private final List<PgToken> tokens;
    private final Brackets brackets;
    private final StringBuilder out = new StringBuilder();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<Integer> parameters = new ArrayList<>();

    private SqlReader(List<PgToken> tokens, Brackets brackets) {
        this.tokens = tokens;
        this.brackets = brackets;
    }

    static CanonicalText read(String sql, FrontEndLimits limits) {
        List<PgToken> tokens = PgLexer.read(sql, limits);
        StatementKinds.check(tokens);
        int end = tokens.size() - PgLexer.END_TOKENS;
        while (end > 0 && tokens.get(end - 1).is(";")) {
            end--;
        }
        SqlReader reader = new SqlReader(tokens, Brackets.match(tokens, limits));
        reader.emit(0, end);
        return new CanonicalText(
                reader.out.toString(), reader.offsets.stream().mapToInt(i -> i).toArray(), reader.parameters);
    }

    private void emit(int from, int to) {
        int i = from;
        while (i < to) {
            i = one(i);
        }
    }

    /** Emits what begins at a token and tells the next one. */
    private int one(int i) {
        PgToken token = tokens.get(i);
        return switch (token.kind()) {
            case WORD -> word(i, token.text());
            case QUOTED_IDENTIFIER -> {
                quote(token.text(), i);
                yield i + 1;
            }
            case STRING -> string(i);
            case NUMBER -> {
                put(number(token), i);
                yield i + 1;
            }
            case PARAMETER -> {
                parameters.add(Integer.valueOf(token.text()));
                put("?", i);
                yield i + 1;
            }
            case OPERATOR -> operator(i);
            case PUNCTUATION -> punctuation(i);
            case END -> i + 1;
        };
    }

    private int punctuation(int i) {
        PgToken token = tokens.get(i);
        if (token.is("[") || token.is("]")) {
            throw unsupported(i, "arrays are not supported", null);
        }
        if (token.is(";")) {
            throw Problem.of(ProblemCode.SYNTAX, "only one statement at a time")
                    .at(token.start() + 1)
                    .asException();
        }
        put(token.text(), i);
        return i + 1;
    }

    private int operator(int i) {
        String text = tokens.get(i).text();
        switch (text) {
            case "+", "-", "*", "/", "%", "<", ">", "=", "<=", ">=", "<>", "||" -> put(text, i);
            case "!=" -> put("<>", i);
            case "::" -> {
                TypeNames.Read type = TypeNames.read(tokens, i + 1);
                if (type.isInterval()) {
                    throw unsupported(i, "only a literal can be cast to interval", "write interval '30 days'");
                }
                put("::", i);
                put(type.calcite(), i + 1);
                return type.next();
            }
            case "~", "~*", "!~", "!~*" ->
                throw unsupported(i, "regular expressions are not supported", "use LIKE or ILIKE");
            case "->", "->>", "#>", "#>>", "@>", "<@", "?", "?|", "?&", "&&" ->
                throw unsupported(i, "operators on JSON and arrays are not supported", null);
            case "^" -> throw unsupported(i, "the operator ^ is not supported", "use power(x, y)");
            default -> throw unsupported(i, "the operator " + text + " is not supported", null);
        }
        return i + 1;
    }

    /** A string; {@code '90 days'::interval} is an interval literal. */
    private int string(int i) {
        if (tokens.get(i + 1).is("::")) {
            TypeNames.Read type = TypeNames.read(tokens, i + 2);
            if (type.isInterval()) {
                interval(i, i, "second");
                return type.next();
            }
        }
        if (tokens.get(i + 1).kind() == Kind.STRING) {
            // Calcite would join them; PostgreSQL does only across a line break, and the lexer has done that.
            throw syntax(i + 1, "two strings in a row");
        }
        literal(tokens.get(i).text(), i);
        return i + 1;
    }

    private int word(int i, String word) {
        PgToken next = tokens.get(i + 1);
        if (i > 0 && tokens.get(i - 1).is(".")) {
            quote(word, i);
            return i + 1;
        }
        if (i > 0 && tokens.get(i - 1).isWord("as") && !brackets.isWindow(i)) {
            return afterAs(i, word);
        }
        if (word.equals("pg_catalog") && next.is(".") && tokens.get(i + 3).is("(")) {
            return i + 2;
        }
        if ((next.kind() == Kind.STRING && TypeNames.isType(word)) || isTypedTime(i, word)) {
            return typedLiteral(i);
        }
        if (next.is("(")) {
            Integer after = call(i, word);
            if (after != null) {
                return after;
            }
        }
        if (brackets.isWindow(i) && Keywords.isWindowWord(word)) {
            return windowWord(i, word);
        }
        return keyword(i, word, next);
    }

    private int afterAs(int i, String word) {
        if (word.equals("materialized") && tokens.get(i + 1).is("(")) {
            return i + 1;
        }
        if (word.equals("not") && tokens.get(i + 1).isWord("materialized")) {
            return i + 2;
        }
        quote(word, i);
        return i + 1;
    }

    private boolean isTypedTime(int i, String word) {
        return (word.equals("timestamp") || word.equals("time"))
                && (tokens.get(i + 1).isWord("with") || tokens.get(i + 1).isWord("without"))
                && i + 4 < tokens.size()
                && tokens.get(i + 4).kind() == Kind.STRING;
    }

    private int typedLiteral(int i) {
        TypeNames.Read type = TypeNames.read(tokens, i);
        if (type.isInterval()) {
            int field = i + 2;
            int next = TypeNames.fields(tokens, field);
            String unit = next > field
                    ? tokens.get(next - 1).kind() == Kind.WORD
                            ? tokens.get(next - 1).text()
                            : tokens.get(field).text()
                    : "second";
            interval(i + 1, i, unit);
            return next;
        }
        put("CAST(", i);
        literal(tokens.get(type.next()).text(), type.next());
        put("AS " + type.calcite() + ")", i);
        return type.next() + 1;
    }

    /** Calls whose arguments are separated by words; null when the word is not one of them. */
    private @Nullable Integer call(int i, String word) {
        int open = i + 1;
        int close = brackets.closing(open);
        switch (word) {
            case "cast" -> cast(i, open, close);
            case "extract" -> extract(i, open, close);
            case "trim" -> trim(i, open, close);
            case "position" -> {
                int in = brackets.find(tokens, open, close, "in");
                separated(i, "position", open, close, in < 0 ? List.of() : List.of(in));
            }
            case "substring" -> substring(i, open, close);
            case "overlay" -> {
                List<Integer> separators = new ArrayList<>();
                for (String separator : List.of("placing", "from", "for")) {
                    int at = brackets.find(tokens, open, close, separator);
                    if (at >= 0) {
                        separators.add(at);
                    }
                }
                separated(i, "overlay", open, close, separators);
            }
            case "any", "some", "all" -> {
                return quantified(i, word, open, close);
            }
            case "string_agg", "array_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "xmlagg" ->
                throw Problem.of(
                                ProblemCode.UNKNOWN_FUNCTION,
                                "function " + word + " does not exist or is not permitted")
                        .at(tokens.get(i).start() + 1)
                        .asException();
            case "array" -> throw unsupported(i, "arrays are not supported", null);
            case "values", "row", "rollup", "cube" -> {
                put(Keywords.upper(word), i);
                return i + 1;
            }
            case "left", "right" -> {
                quote(word, i);
                return i + 1;
            }
            default -> {
                return null;
            }
        }
        return close + 1;
    }

    private void cast(int i, int open, int close) {
        int as = brackets.find(tokens, open, close, "as");
        if (as < 0) {
            throw syntax(i, "CAST needs AS and a type");
        }
        TypeNames.Read type = TypeNames.read(tokens, as + 1);
        if (type.next() != close) {
            throw syntax(type.next(), "a type name must end here");
        }
        if (type.isInterval()) {
            if (as != open + 2 || tokens.get(open + 1).kind() != Kind.STRING) {
                throw unsupported(i, "only a literal can be cast to interval", "write interval '30 days'");
            }
            interval(open + 1, i, "second");
            return;
        }
        put("CAST(", i);
        emit(open + 1, as);
        put("AS " + type.calcite() + ")", as + 1);
    }

    private void extract(int i, int open, int close) {
        PgToken field = tokens.get(open + 1);
        if (!(field.kind() == Kind.WORD || field.kind() == Kind.STRING)
                || !tokens.get(open + 2).isWord("from")) {
            throw syntax(open + 1, "EXTRACT needs a field and FROM");
        }
        quote("extract", i);
        put("(", open);
        literal(field.text(), open + 1);
        put(",", open + 2);
        emit(open + 3, close);
        put(")", close);
    }

    private void substring(int i, int open, int close) {
        int from = brackets.find(tokens, open, close, "from");
        int length = brackets.find(tokens, open, close, "for");
        if (from < 0 && length >= 0) {
            quote("substring", i);
            put("(", open);
            emit(open + 1, length);
            put(", 1,", length);
            emit(length + 1, close);
            put(")", close);
            return;
        }
        List<Integer> separators = new ArrayList<>();
        if (from >= 0) {
            separators.add(from);
        }
        if (length >= 0) {
            separators.add(length);
        }
        separated(i, "substring", open, close, separators);
    }

    /** {@code trim([both|leading|trailing] [characters] from text)} is btrim, ltrim or rtrim, as in PostgreSQL. */
    private void trim(int i, int open, int close) {
        int from = brackets.find(tokens, open, close, "from");
        int start = open + 1;
        String name = "btrim";
        if (tokens.get(start).isWord("both")) {
            start++;
        } else if (tokens.get(start).isWord("leading")) {
            name = "ltrim";
            start++;
        } else if (tokens.get(start).isWord("trailing")) {
            name = "rtrim";
            start++;
        }
        quote(name, i);
        put("(", open);
        emit(from < 0 ? start : from + 1, close);
        if (from > start) {
            put(",", from);
            emit(start, from);
        }
        put(")", close);
    }

    private void separated(int i, String name, int open, int close, List<Integer> separators) {
        quote(name, i);
        put("(", open);
        int from = open + 1;
        for (int separator : separators) {
            if (separator < from) {
                throw syntax(separator, "the arguments of " + name + " are out of order");
            }
            emit(from, separator);
            put(",", separator);
            from = separator + 1;
        }
        emit(from, close);
        put(")", close);
    }

    private int quantified(int i, String word, int open, int close) {
        PgToken first = tokens.get(open + 1);
        if (first.isWord("select") || first.isWord("with") || first.isWord("values") || first.is("(")) {
            put(Keywords.upper(word), i);
            return i + 1;
        }
        if (i > 0 && tokens.get(i - 1).kind() == Kind.OPERATOR) {
            throw unsupported(open + 1, "arrays are not supported", "use IN (…) instead of = ANY (…)");
        }
        put(Keywords.upper(word), i);
        emit(open, close + 1);
        return close + 1;
    }

    private int windowWord(int i, String word) {
        put(Keywords.upper(word), i);
        return i + 1;
    }

    private int keyword(int i, String word, PgToken next) {
        switch (Keywords.role(word)) {
            case STRUCTURE -> put(Keywords.upper(word), i);
            case CALLED -> {
                quote(word, i);
                if (!next.is("(")) {
                    put("()", i);
                }
            }
            case REFUSED -> throw unsupported(i, Keywords.upper(word) + " is not supported", Keywords.hint(word));
            case CONTEXT -> {
                return context(i, word, next);
            }
            case NAME -> quote(word, i);
        }
        return i + 1;
    }

    /** Words that are keywords in one place and names elsewhere. */
    private int context(int i, String word, PgToken next) {
        PgToken before = i == 0 ? tokens.get(tokens.size() - 1) : tokens.get(i - 1);
        boolean afterCall = before.is(")");
        boolean isKeyword = switch (word) {
            case "by" -> before.isWord("group") || before.isWord("order") || before.isWord("partition");
            case "partition" -> next.isWord("by");
            case "nulls" -> next.isWord("first") || next.isWord("last");
            case "first", "last" -> before.isWord("nulls");
            case "filter" -> afterCall && next.is("(");
            case "over" -> afterCall && (next.is("(") || next.isName());
            case "within" -> afterCall && next.isWord("group");
            case "escape" -> next.kind() == Kind.STRING;
            case "unknown" -> before.isWord("is") || before.isWord("not");
            case "exists", "grouping" -> next.is("(") || next.isWord("sets");
            case "sets" -> before.isWord("grouping");
            case "between" -> true;
            default -> false;
        };
        switch (word) {
            case "isnull", "notnull" -> {
                put(word.equals("isnull") ? "IS NULL" : "IS NOT NULL", i);
                return i + 1;
            }
            case "at" -> {
                if (next.isWord("time") && tokens.get(i + 2).isWord("zone")) {
                    put("AT TIME ZONE", i);
                    return i + 3;
                }
            }
            case "table" -> {
                put("SELECT * FROM", i);
                return i + 1;
            }
            case "distinct" -> {
                put("DISTINCT", i);
                if (next.isWord("on") && tokens.get(i + 2).is("(")) {
                    out.setLength(out.length() - "DISTINCT\n".length());
                    offsets.removeLast();
                    quote(AstNames.DISTINCT_ON, i);
                    int close = brackets.closing(i + 2);
                    emit(i + 2, close + 1);
                    put(",", close);
                    return close + 1;
                }
                return i + 1;
            }
            case "fetch" -> {
                return fetch(i);
            }
            case "rows" -> {
                if (i >= 2 && tokens.get(i - 2).isWord("offset")) {
                    return i + 1;
                }
            }
            case "row" -> {
                if (i >= 2 && tokens.get(i - 2).isWord("offset")) {
                    return i + 1;
                }
            }
            case "grouping" -> {
                if (next.is("(")) {
                    quote(word, i);
                    return i + 1;
                }
            }
            default -> {}
        }
        if (isKeyword) {
            put(Keywords.upper(word), i);
        } else {
            quote(word, i);
        }
        return i + 1;
    }

    private int fetch(int i) {
        int at = i + 1;
        if (!tokens.get(at).isWord("first") && !tokens.get(at).isWord("next")) {
            throw syntax(at, "FETCH needs FIRST or NEXT");
        }
        at++;
        int count = at;
        if (tokens.get(at).kind() == Kind.NUMBER || tokens.get(at).kind() == Kind.PARAMETER) {
            at++;
        } else if (tokens.get(at).is("(")) {
            at = brackets.closing(at) + 1;
        }
        if (!tokens.get(at).isWord("row") && !tokens.get(at).isWord("rows")) {
            throw syntax(at, "FETCH needs ROWS");
        }
        if (tokens.get(at + 1).isWord("with")) {
            throw unsupported(at + 1, "WITH TIES is not supported", "use rank() in a sub-query");
        }
        if (!tokens.get(at + 1).isWord("only")) {
            throw syntax(at + 1, "FETCH needs ONLY");
        }
        put("FETCH FIRST", i);
        if (at == count) {
            put("1", i);
        } else {
            emit(count, at);
        }
        put("ROWS ONLY", at);
        return at + 2;
    }

    private void interval(int string, int at, String field) {
        String text = tokens.get(string).text();
        var value = IntervalText.read(text, field)
                .orElseThrow(() -> Problem.of(ProblemCode.INVALID_VALUE, "the text is not an interval")
                        .at(tokens.get(string).start() + 1)
                        .asException());
        quote("interval", at);
        put("(", at);
        literal(value.months() + " mons " + value.days() + " days " + value.micros() + " us", string);
        put(")", at);
    }

    /** Numbers are exact; one with an exponent is numeric, never double. */
    private String number(PgToken token) {
        BigDecimal value = new BigDecimal(token.text());
        if (Math.abs((long) value.scale()) > EXPONENT || value.precision() > EXPONENT) {
            throw Problem.of(ProblemCode.STATEMENT_TOO_COMPLEX, "a number with too many digits")
                    .at(token.start() + 1)
                    .asException();
        }
        String plain = value.toPlainString();
        boolean isInteger = token.text().matches("[0-9]+");
        return isInteger || plain.indexOf('.') >= 0 ? plain : plain + ".0";
    }

    private void quote(String name, int i) {
        put('"' + name.replace("\"", "\"\"") + '"', i);
    }

    private void literal(String value, int i) {
        put('\'' + value.replace("'", "''") + '\'', i);
    }

    private void put(String text, int i) {
        out.append(text).append('\n');
        int offset = tokens.get(i).start();
        offsets.add(offset);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean followed = at + 1 < text.length() && text.charAt(at + 1) == '\n';
            if (c == '\n' || (c == '\r' && !followed)) {
                offsets.add(offset);
            }
        }
    }

    private ProblemException syntax(int i, String detail) {
        return Problem.of(ProblemCode.SYNTAX, detail)
                .at(tokens.get(i).start() + 1)
                .asException();
    }

    private ProblemException unsupported(int i, String detail, @Nullable String hint) {
        return new Problem(ProblemCode.UNSUPPORTED, detail, hint, tokens.get(i).start() + 1).asException();
    }
}
