package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.parse.PgToken.Kind;
import java.util.BitSet;
import java.util.List;

/**
 * Turns PostgreSQL tokens into the text of the generated parser. Words are keywords only where PostgreSQL's grammar makes them keywords;
 * everywhere else they become quoted identifiers, so that {@code count}, {@code year} or {@code value} need no exceptions.
 */
final class SqlReader {
    private final List<PgToken> tokens;
    private final Brackets brackets;
    private final TextWriter text;
    private final TypedLiterals literals;
    private final KeywordCalls calls;
    private final ContextWords contexts;
    private final BitSet arrays = new BitSet();

    private SqlReader(List<PgToken> tokens, Brackets brackets) {
        this.tokens = tokens;
        this.brackets = brackets;
        this.text = new TextWriter(tokens);
        this.literals = new TypedLiterals(tokens, text);
        this.calls = new KeywordCalls(tokens, brackets, text, literals, this::emit);
        this.contexts = new ContextWords(tokens, brackets, text, this::emit);
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
        return reader.text.written();
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
                text.quote(token.text(), i);
                yield i + 1;
            }
            case STRING -> literals.string(i);
            case NUMBER -> {
                text.put(TypedLiterals.number(token), i);
                yield i + 1;
            }
            case PARAMETER -> {
                text.parameter(token, i);
                yield i + 1;
            }
            case OPERATOR -> operator(i);
            case PUNCTUATION -> punctuation(i);
            case END -> i + 1;
        };
    }

    private int punctuation(int i) {
        PgToken token = tokens.get(i);
        if (token.is("[")) {
            boolean constructs = i > 0 && (tokens.get(i - 1).isWord("array") || insideArray(i));
            if (!constructs) {
                throw text.unsupported(i, Opaque.SUBSCRIPTS, Opaque.HINT);
            }
            arrays.set(i);
            arrays.set(brackets.closing(i));
            text.put(tokens.get(i - 1).isWord("array") ? "[" : "ARRAY[", i);
            return i + 1;
        }
        if (token.is("]") && !arrays.get(i)) {
            throw text.syntax(i, "a bracket that closes nothing");
        }
        if (token.is(";")) {
            throw Problem.of(ProblemCode.SYNTAX, "only one statement at a time")
                    .at(token.start() + 1)
                    .asException();
        }
        text.put(token.text(), i);
        return i + 1;
    }

    /** {@code ARRAY[[1,2],[3,4]]}: the inner brackets stand for ARRAY too. */
    private boolean insideArray(int i) {
        PgToken before = tokens.get(i - 1);
        return before.is("[") && arrays.get(i - 1)
                || before.is(",") && tokens.get(i - 2).is("]") && arrays.get(i - 2);
    }

    private int operator(int i) {
        String operator = tokens.get(i).text();
        switch (operator) {
            case "+", "-", "*", "/", "%", "<", ">", "=", "<=", ">=", "<>", "||" -> text.put(operator, i);
            case "!=" -> text.put("<>", i);
            case "::" -> {
                TypeNames.Read type = TypeNames.read(tokens, i + 1);
                if (type.isInterval()) {
                    if (!TypeNames.isPlainInterval(tokens, i + 1, tokens.get(i - 1))) {
                        throw text.unsupported(
                                i, "only a literal or a parameter can be cast to interval", "write interval '30 days'");
                    }
                    return type.next();
                }
                text.put("::", i);
                text.put(type.calcite(), i + 1);
                return type.next();
            }
            case "~", "~*", "!~", "!~*" -> {
                return regularExpression(i, operator);
            }
            case "->", "->>", "#>", "#>>", "@>", "<@", "?", "?|", "?&", "&&" ->
                throw text.unsupported(i, "operators on JSON and arrays are not supported", Opaque.HINT);
            case "^" -> throw text.unsupported(i, "the operator ^ is not supported", "use power(x, y)");
            case "=>", ":=" ->
                throw text.unsupported(
                        i, "arguments with their names are not supported", "write the arguments alone, in their order");
            default ->
                throw text.unsupported(
                        i,
                        "the operator " + operator + " is not supported",
                        "the reference of functions and operators lists those that are");
        }
        return i + 1;
    }

    /** Whether an escape marks a regular expression: of SIMILAR TO an escape is one character. */
    static boolean isRegular(String escape) {
        return escape.equals("~~") || escape.equals("~~*");
    }

    /** Written as SIMILAR TO, which the grammar has, with a mark in place of its escape. */
    private int regularExpression(int i, String operator) {
        PgToken pattern = tokens.get(i + 1);
        boolean literal = pattern.kind() == PgToken.Kind.STRING;
        if (!literal && pattern.kind() != PgToken.Kind.PARAMETER) {
            throw text.unsupported(
                    i, "a regular expression must be written in the statement", "use LIKE, or x ~ '^(E10|E11)'");
        }
        text.put(operator.startsWith("!") ? "NOT SIMILAR TO" : "SIMILAR TO", i);
        int after = one(i + 1);
        if (tokens.get(after).is("::") || tokens.get(after).is("||")) {
            throw text.unsupported(
                    after, "a regular expression must be one literal", "leave the cast out and write it as one text");
        }
        text.put("ESCAPE", i);
        text.literal(operator.endsWith("*") ? "~~*" : "~~", i);
        return after;
    }

    private int word(int i, String word) {
        PgToken next = tokens.get(i + 1);
        if (i > 0 && tokens.get(i - 1).is(".")) {
            text.quote(word, i);
            return i + 1;
        }
        if (i > 0 && tokens.get(i - 1).isWord("as") && !brackets.isWindow(i)) {
            return afterAs(i, word);
        }
        if (word.equals("pg_catalog") && next.is(".") && tokens.get(i + 3).is("(")) {
            return i + 2;
        }
        if ((next.kind() == Kind.STRING && TypeNames.isType(word)) || literals.isTypedTime(i, word)) {
            return literals.typed(i);
        }
        if (next.is("(")) {
            Integer after = calls.read(i, word);
            if (after != null) {
                return after;
            }
        }
        if (word.equals("array") && next.is("[")) {
            text.put("ARRAY", i);
            return i + 1;
        }
        if (brackets.isWindow(i) && Keywords.isWindowWord(word)) {
            text.put(Keywords.upper(word), i);
            return i + 1;
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
        text.quote(word, i);
        return i + 1;
    }

    private int keyword(int i, String word, PgToken next) {
        switch (Keywords.role(word)) {
            case STRUCTURE -> text.put(Keywords.upper(word), i);
            case CALLED -> {
                text.quote(word, i);
                if (!next.is("(")) {
                    text.put("()", i);
                }
            }
            case REFUSED -> throw text.unsupported(i, Keywords.upper(word) + " is not supported", Keywords.hint(word));
            case CONTEXT -> {
                return contexts.read(i, word, next);
            }
            case NAME -> text.quote(word, i);
        }
        return i + 1;
    }
}
