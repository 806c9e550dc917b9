package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.parse.PgToken.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a type name of PostgreSQL from tokens and says how the generated parser writes it. */
final class TypeNames {
    private static final int NUMERIC_PRECISION = 1000;
    private static final int CHARACTER_LENGTH = 10_485_760;

    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("bool", "BOOLEAN"),
            Map.entry("boolean", "BOOLEAN"),
            Map.entry("int2", "SMALLINT"),
            Map.entry("smallint", "SMALLINT"),
            Map.entry("int", "INTEGER"),
            Map.entry("int4", "INTEGER"),
            Map.entry("integer", "INTEGER"),
            Map.entry("int8", "BIGINT"),
            Map.entry("bigint", "BIGINT"),
            Map.entry("real", "REAL"),
            Map.entry("float4", "REAL"),
            Map.entry("float8", "DOUBLE"),
            Map.entry("text", "VARCHAR"),
            Map.entry("date", "DATE"),
            Map.entry("uuid", "UUID"));

    /**
     * @param calcite the type for the generated grammar; empty for interval, which has no place there
     * @param next index of the token after the type
     */
    record Read(String calcite, int next) {
        boolean isInterval() {
            return calcite.isEmpty();
        }
    }

    private TypeNames() {}

    /** Whether a word begins a type that may stand before a string literal ({@code date '2024-01-01'}). */
    static boolean isType(String word) {
        return PLAIN.containsKey(word)
                || switch (word) {
                    case "numeric",
                            "decimal",
                            "dec",
                            "float",
                            "double",
                            "varchar",
                            "char",
                            "character",
                            "bpchar",
                            "time",
                            "timetz",
                            "timestamp",
                            "timestamptz",
                            "interval" -> true;
                    default -> false;
                };
    }

    static Read read(List<PgToken> tokens, int from) {
        int i = from;
        if (tokens.get(i).isName()
                && tokens.get(i).text().equals("pg_catalog")
                && tokens.get(i + 1).is(".")) {
            i += 2;
        }
        PgToken name = tokens.get(i);
        if (!name.isName()
                || (name.kind() == Kind.QUOTED_IDENTIFIER && name.text().equals("char"))) {
            throw unknown(name);
        }
        Read read = name.text().startsWith("_") ? array(i, name) : name(tokens, i, name);
        int end = afterBrackets(tokens, read.next());
        if (end == read.next()) {
            return read;
        }
        if (read.isInterval()) {
            throw new Problem(
                            ProblemCode.UNSUPPORTED,
                            "arrays of intervals are not supported",
                            "write the alternatives with OR",
                            name.start() + 1)
                    .asException();
        }
        return new Read(read.calcite() + " ARRAY", end);
    }

    /** {@code _int4}. */
    private static Read array(int i, PgToken name) {
        String plain = PLAIN.get(name.text().substring(1));
        return plain == null ? fail(name) : new Read(plain + " ARRAY", i + 1);
    }

    /** Behind {@code []}, {@code [3]}, {@code [][]}, {@code array} and {@code array[3]}: all mean the same to PostgreSQL. */
    private static int afterBrackets(List<PgToken> tokens, int from) {
        int i = tokens.get(from).isWord("array") ? from + 1 : from;
        while (tokens.get(i).is("[")) {
            int close = tokens.get(i + 1).kind() == Kind.NUMBER ? i + 2 : i + 1;
            if (!tokens.get(close).is("]")) {
                throw Problem.of(ProblemCode.SYNTAX, "a bracket of a type name is not closed")
                        .at(tokens.get(i).start() + 1)
                        .asException();
            }
            i = close + 1;
        }
        return i;
    }

    /** Whether a parameter is cast to {@code interval} as it is: its type says so already. */
    static boolean isPlainInterval(List<PgToken> tokens, int type, PgToken operand) {
        return operand.kind() == Kind.PARAMETER && read(tokens, type).next() == type + 1;
    }

    private static Read name(List<PgToken> tokens, int i, PgToken name) {
        String plain = PLAIN.get(name.text());
        if (plain != null) {
            return new Read(plain, i + 1);
        }
        return switch (name.text()) {
            case "double" -> tokens.get(i + 1).isWord("precision") ? new Read("DOUBLE", i + 2) : fail(name);
            case "float" -> {
                Modifiers m = modifiers(tokens, i + 1);
                yield new Read(m.first() != null && m.first() <= 24 ? "REAL" : "DOUBLE", m.next());
            }
            case "numeric", "decimal", "dec" -> numeric(tokens, i, name);
            case "varchar" -> character(tokens, i + 1, name, true);
            case "char", "character" ->
                tokens.get(i + 1).isWord("varying")
                        ? character(tokens, i + 2, name, true)
                        : character(tokens, i + 1, name, false);
            case "bpchar" ->
                tokens.get(i + 1).is("(")
                        ? character(tokens, i + 1, name, false)
                        : new Read("CHAR(" + SqlTypes.BARE_VARCHAR + ")", i + 1);
            case "timestamptz" -> {
                Modifiers m = modifiers(tokens, i + 1);
                yield new Read(fraction("TIMESTAMP", m) + " WITH LOCAL TIME ZONE", m.next());
            }
            case "timestamp", "time" -> time(tokens, i, name);
            case "interval" ->
                new Read("", fields(tokens, modifiers(tokens, i + 1).next()));
            default -> fail(name);
        };
    }

    private static Read numeric(List<PgToken> tokens, int i, PgToken name) {
        Modifiers m = modifiers(tokens, i + 1);
        if (m.first() == null) {
            return new Read(
                    "DECIMAL(" + SqlTypes.BARE_NUMERIC_PRECISION + ", " + SqlTypes.BARE_NUMERIC_SCALE + ")", m.next());
        }
        int scale = m.second() == null ? 0 : m.second();
        if (m.first() < 1 || m.first() >= NUMERIC_PRECISION || scale > m.first()) {
            throw Problem.of(
                            ProblemCode.INVALID_VALUE,
                            "numeric precision must lie between 1 and 999, its scale within",
                            "Write numeric, or numeric(12, 2).")
                    .at(name.start() + 1)
                    .asException();
        }
        return new Read("DECIMAL(" + m.first() + ", " + scale + ")", m.next());
    }

    private static Read character(List<PgToken> tokens, int i, PgToken name, boolean varying) {
        Modifiers m = modifiers(tokens, i);
        Integer length = m.first();
        if (length != null && (length < 1 || length > CHARACTER_LENGTH)) {
            throw Problem.of(
                            ProblemCode.INVALID_VALUE,
                            "length for type must lie between 1 and 10485760",
                            "Write text, which has no length.")
                    .at(name.start() + 1)
                    .asException();
        }
        if (varying) {
            return new Read("VARCHAR(" + (length == null ? SqlTypes.BARE_VARCHAR : length) + ")", m.next());
        }
        return new Read("CHAR(" + (length == null ? 1 : length) + ")", m.next());
    }

    private static Read time(List<PgToken> tokens, int i, PgToken name) {
        boolean isTimestamp = name.text().equals("timestamp");
        Modifiers m = modifiers(tokens, i + 1);
        int next = m.next();
        String plain = fraction(isTimestamp ? "TIMESTAMP" : "TIME", m);
        boolean with = tokens.get(next).isWord("with");
        if ((with || tokens.get(next).isWord("without"))
                && tokens.get(next + 1).isWord("time")
                && tokens.get(next + 2).isWord("zone")) {
            next += 3;
            if (with && !isTimestamp) {
                return fail(name);
            }
            return new Read(with ? plain + " WITH LOCAL TIME ZONE" : plain, next);
        }
        return new Read(plain, next);
    }

    /** PostgreSQL takes more than six digits as six. */
    private static String fraction(String type, Modifiers m) {
        return type + "(" + (m.first() == null ? 6 : Math.min(6, m.first())) + ")";
    }

    /** Skips interval fields such as {@code day to second}. */
    static int fields(List<PgToken> tokens, int i) {
        if (tokens.get(i).kind() == Kind.WORD
                && IntervalText.isField(tokens.get(i).text())) {
            i++;
            if (tokens.get(i).isWord("to") && tokens.get(i + 1).kind() == Kind.WORD) {
                i += 2;
            }
            i = modifiers(tokens, i).next();
        }
        return i;
    }

    private record Modifiers(
            @Nullable Integer first, @Nullable Integer second, int next) {}

    private static Modifiers modifiers(List<PgToken> tokens, int i) {
        if (!tokens.get(i).is("(")) {
            return new Modifiers(null, null, i);
        }
        Integer first = number(tokens.get(i + 1));
        if (tokens.get(i + 2).is(")")) {
            return new Modifiers(first, null, i + 3);
        }
        if (tokens.get(i + 2).is(",")) {
            Integer second = number(tokens.get(i + 3));
            if (tokens.get(i + 4).is(")")) {
                return new Modifiers(first, second, i + 5);
            }
        }
        throw Problem.of(ProblemCode.SYNTAX, "a type modifier must be one or two numbers")
                .at(tokens.get(i).start() + 1)
                .asException();
    }

    private static Integer number(PgToken token) {
        if (token.kind() == Kind.NUMBER && token.text().matches("[0-9]{1,8}")) {
            return Integer.valueOf(token.text());
        }
        throw Problem.of(ProblemCode.SYNTAX, "a type modifier must be a number")
                .at(token.start() + 1)
                .asException();
    }

    private static Read fail(PgToken name) {
        throw unknown(name);
    }

    private static ProblemException unknown(PgToken name) {
        return new Problem(
                        ProblemCode.UNSUPPORTED,
                        name.isName() ? "type \"" + name.text() + "\" is not supported" : "a type name is missing",
                        "supported: boolean, smallint, integer, bigint, real, double precision, numeric, text, varchar, char, date, time, timestamp, timestamptz, interval, uuid, and in ANY and ALL arrays of these",
                        name.start() + 1)
                .asException();
    }
}
