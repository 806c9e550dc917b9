package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.parse.PgToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose arguments are separated by words, as ordinary calls: CAST, EXTRACT, TRIM, SUBSTRING and their like. Refuses arrays of
 * sub-queries and aggregates that make one.
 */
final class KeywordCalls {
    private final List<PgToken> tokens;
    private final Brackets brackets;
    private final TextWriter text;
    private final TypedLiterals literals;
    private final Emitter emit;

    /** Emits the tokens from one position up to another. */
    @FunctionalInterface
    interface Emitter {
        void tokens(int from, int to);
    }

    KeywordCalls(List<PgToken> tokens, Brackets brackets, TextWriter text, TypedLiterals literals, Emitter emit) {
        this.tokens = tokens;
        this.brackets = brackets;
        this.text = text;
        this.literals = literals;
        this.emit = emit;
    }

    /** Calls whose arguments are separated by words; null when the word is not one of them. */
    @Nullable
    Integer read(int i, String word) {
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
                return quantified(i, word);
            }
            case "string_agg", "array_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "xmlagg" ->
                throw Problem.of(
                                ProblemCode.UNKNOWN_FUNCTION,
                                "function " + word + " does not exist or is not permitted")
                        .at(tokens.get(i).start() + 1)
                        .asException();
            case "array" -> throw text.unsupported(i, "ARRAY over a sub-query is not supported", "use IN (SELECT …)");
            case "row" -> {
                // (a, b) is the same row, and stands everywhere.
                if (!hasComma(open, close)) {
                    text.put("ROW", i);
                }
                return i + 1;
            }
            case "values", "rollup", "cube" -> {
                text.put(Keywords.upper(word), i);
                return i + 1;
            }
            case "left", "right" -> {
                text.quote(word, i);
                return i + 1;
            }
            default -> {
                return null;
            }
        }
        return close + 1;
    }

    private boolean hasComma(int open, int close) {
        for (int i = open + 1; i < close; i++) {
            PgToken token = tokens.get(i);
            if (token.is("(") || token.is("[")) {
                i = brackets.closing(i);
            } else if (token.is(",")) {
                return true;
            }
        }
        return false;
    }

    private void cast(int i, int open, int close) {
        int as = brackets.find(tokens, open, close, "as");
        if (as < 0) {
            throw text.syntax(i, "CAST needs AS and a type");
        }
        TypeNames.Read type = TypeNames.read(tokens, as + 1);
        if (type.next() != close) {
            throw text.syntax(type.next(), "a type name must end here");
        }
        if (type.isInterval()) {
            if (as == open + 2 && TypeNames.isPlainInterval(tokens, as + 1, tokens.get(open + 1))) {
                emit.tokens(open, as);
                text.put(")", as);
                return;
            }
            if (as != open + 2 || tokens.get(open + 1).kind() != Kind.STRING) {
                throw text.unsupported(
                        i, "only a literal or a parameter can be cast to interval", "write interval '30 days'");
            }
            literals.interval(open + 1, i, "second");
            return;
        }
        text.put("CAST(", i);
        emit.tokens(open + 1, as);
        text.put("AS " + type.calcite() + ")", as + 1);
    }

    private void extract(int i, int open, int close) {
        PgToken field = tokens.get(open + 1);
        if (!(field.kind() == Kind.WORD || field.kind() == Kind.STRING)
                || !tokens.get(open + 2).isWord("from")) {
            throw text.syntax(open + 1, "EXTRACT needs a field and FROM");
        }
        text.quote("extract", i);
        text.put("(", open);
        text.literal(field.text(), open + 1);
        text.put(",", open + 2);
        emit.tokens(open + 3, close);
        text.put(")", close);
    }

    private void substring(int i, int open, int close) {
        int from = brackets.find(tokens, open, close, "from");
        int length = brackets.find(tokens, open, close, "for");
        if (from < 0 && length >= 0) {
            text.quote("substring", i);
            text.put("(", open);
            emit.tokens(open + 1, length);
            text.put(", 1,", length);
            emit.tokens(length + 1, close);
            text.put(")", close);
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
        text.quote(name, i);
        text.put("(", open);
        emit.tokens(from < 0 ? start : from + 1, close);
        if (from > start) {
            text.put(",", from);
            emit.tokens(start, from);
        }
        text.put(")", close);
    }

    private void separated(int i, String name, int open, int close, List<Integer> separators) {
        text.quote(name, i);
        text.put("(", open);
        int from = open + 1;
        for (int separator : separators) {
            if (separator < from) {
                throw text.syntax(separator, "the arguments of " + name + " are out of order");
            }
            emit.tokens(from, separator);
            text.put(",", separator);
            from = separator + 1;
        }
        emit.tokens(from, close);
        text.put(")", close);
    }

    private int quantified(int i, String word) {
        if (i > 0 && (tokens.get(i - 1).isWord("like") || tokens.get(i - 1).isWord("ilike"))) {
            throw text.unsupported(i, "LIKE is not supported with ANY and ALL", "write x LIKE 'a%' OR x LIKE 'b%'");
        }
        text.put(Keywords.upper(word), i);
        return i + 1;
    }
}
