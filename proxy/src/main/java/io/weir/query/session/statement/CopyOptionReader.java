package io.weir.query.session.statement;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.wire.copy.CopyOptions;
import io.weir.query.wire.copy.CopyOptions.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The options of COPY in their two spellings, {@code (FORMAT csv, HEADER)} and {@code CSV HEADER} (PostgreSQL 16, gram.y, copy_options), with
 * the rules of ProcessCopyOptions (copy.c).
 */
final class CopyOptionReader {
    private final TokenCursor in;
    private @Nullable Layout layout;
    private @Nullable String delimiter;
    private @Nullable String nullText;
    private @Nullable Boolean header;
    private @Nullable String quote;
    private @Nullable String escape;
    private boolean encoding;
    private boolean freeze;
    private boolean forced;
    private boolean forceQuoteAll;
    private final List<String> forceQuote = new ArrayList<>();

    CopyOptionReader(TokenCursor in) {
        this.in = in;
    }

    /** {@code COPY BINARY table}. */
    void binary() {
        layout = once(layout, Layout.BINARY);
    }

    /** {@code [USING] DELIMITERS 'c'} behind the destination. */
    void delimiters() {
        if (in.accept("using", "delimiters") || in.accept("delimiters")) {
            delimiter = once(delimiter, string());
        }
    }

    void read() {
        if (in.acceptSymbol('(')) {
            do {
                generic();
            } while (in.acceptSymbol(','));
            closing();
        } else {
            boolean more = true;
            while (more && !in.atEnd()) {
                more = old();
            }
        }
    }

    private boolean old() {
        if (in.accept("binary")) {
            layout = once(layout, Layout.BINARY);
        } else if (in.accept("csv")) {
            layout = once(layout, Layout.CSV);
        } else if (in.accept("header")) {
            header = once(header, true);
        } else if (in.accept("freeze")) {
            freeze();
        } else if (in.accept("delimiter")) {
            in.skip("as");
            delimiter = once(delimiter, string());
        } else if (in.accept("null")) {
            in.skip("as");
            nullText = once(nullText, string());
        } else if (in.accept("quote")) {
            in.skip("as");
            quote = once(quote, string());
        } else if (in.accept("escape")) {
            in.skip("as");
            escape = once(escape, string());
        } else if (in.accept("encoding")) {
            encoding(string());
        } else if (in.accept("force", "quote")) {
            forceQuote();
            if (in.acceptSymbol('*')) {
                forceQuoteAll = true;
            } else {
                forceQuoteNames();
            }
        } else if (in.accept("force", "not", "null") || in.accept("force", "null")) {
            throw onlyFrom("force null");
        } else {
            return false;
        }
        return true;
    }

    private void generic() {
        Token token = in.peek();
        String name = in.name();
        switch (name) {
            case "format" -> layout = once(layout, layout(argument(name)));
            case "freeze" -> {
                if (isTrue(optionalArgument(), name)) {
                    freeze();
                }
            }
            case "delimiter" -> delimiter = once(delimiter, argument(name));
            case "null" -> nullText = once(nullText, argument(name));
            case "header" -> header = once(header, isTrue(optionalArgument(), name));
            case "quote" -> quote = once(quote, argument(name));
            case "escape" -> escape = once(escape, argument(name));
            case "encoding" -> encoding(argument(name));
            case "force_quote" -> {
                forceQuote();
                if (in.acceptSymbol('*')) {
                    forceQuoteAll = true;
                } else if (in.acceptSymbol('(')) {
                    forceQuoteNames();
                    closing();
                } else {
                    throw value("argument to option \"force_quote\" must be a list of column names");
                }
            }
            case "force_not_null", "force_null", "default" -> throw onlyFrom(name.replace('_', ' '));
            default ->
                throw Problem.of(
                                ProblemCode.SYNTAX,
                                "The option of COPY at this position is not recognized.",
                                "Options are FORMAT, DELIMITER, NULL, HEADER, QUOTE, ESCAPE, FORCE_QUOTE and ENCODING.")
                        .at(token.start() + 1)
                        .asException();
        }
    }

    /** Checks the options against each other and fills in what was left out. */
    CopyOptions checked() {
        Layout chosen = layout == null ? Layout.TEXT : layout;
        if (chosen == Layout.BINARY && delimiter != null) {
            throw syntax("cannot specify DELIMITER in BINARY mode");
        }
        if (chosen == Layout.BINARY && nullText != null) {
            throw syntax("cannot specify NULL in BINARY mode");
        }
        boolean csv = chosen == Layout.CSV;
        String between = delimiter != null ? delimiter : csv ? "," : "\t";
        String missing = nullText != null ? nullText : csv ? "" : "\\N";
        String around = quote != null ? quote : "\"";
        String before = escape != null ? escape : around;
        if (!isOneByte(between)) {
            throw unsupported("COPY delimiter must be a single one-byte character");
        }
        if (between.equals("\r") || between.equals("\n")) {
            throw value("COPY delimiter cannot be newline or carriage return");
        }
        if (missing.indexOf('\r') >= 0 || missing.indexOf('\n') >= 0) {
            throw value("COPY null representation cannot use newline or carriage return");
        }
        if (!csv && "\\.abcdefghijklmnopqrstuvwxyz0123456789".contains(between)) {
            throw value("COPY delimiter cannot be \"" + between + "\"");
        }
        if (chosen == Layout.BINARY && Boolean.TRUE.equals(header)) {
            throw unsupported("cannot specify HEADER in BINARY mode");
        }
        csvOnly(csv, between, around, before);
        if (missing.contains(between)) {
            throw unsupported("COPY delimiter must not appear in the NULL specification");
        }
        if (csv && missing.contains(around)) {
            throw unsupported("CSV quote character must not appear in the NULL specification");
        }
        return new CopyOptions(
                chosen,
                between.charAt(0),
                missing,
                Boolean.TRUE.equals(header),
                around.charAt(0),
                before.charAt(0),
                forceQuoteAll,
                forceQuote);
    }

    private void csvOnly(boolean csv, String between, String around, String before) {
        if (!csv && quote != null) {
            throw unsupported("COPY quote available only in CSV mode");
        }
        if (!isOneByte(around)) {
            throw unsupported("COPY quote must be a single one-byte character");
        }
        if (csv && between.equals(around)) {
            throw value("COPY delimiter and quote must be different");
        }
        if (!csv && escape != null) {
            throw unsupported("COPY escape available only in CSV mode");
        }
        if (!isOneByte(before)) {
            throw unsupported("COPY escape must be a single one-byte character");
        }
        if (!csv && forced) {
            throw unsupported("COPY force quote available only in CSV mode");
        }
    }

    private static boolean isOneByte(String text) {
        return text.length() == 1 && text.charAt(0) < 0x80;
    }

    private void forceQuote() {
        if (forced) {
            throw redundant();
        }
        forced = true;
    }

    private void forceQuoteNames() {
        do {
            forceQuote.add(in.name());
        } while (in.acceptSymbol(','));
    }

    private void freeze() {
        if (freeze) {
            throw redundant();
        }
        freeze = true;
    }

    private void encoding(String name) {
        if (encoding) {
            throw redundant();
        }
        encoding = true;
        String plain = name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
        if (!plain.equals("UTF8") && !plain.equals("UNICODE")) {
            throw Problem.of(
                            ProblemCode.COPY_OPTION,
                            "argument to option \"encoding\" must be a valid encoding name",
                            "Weir sends UTF8 only.")
                    .asException();
        }
    }

    private static Layout layout(String name) {
        return switch (name) {
            case "text" -> Layout.TEXT;
            case "csv" -> Layout.CSV;
            case "binary" -> Layout.BINARY;
            default ->
                throw Problem.of(ProblemCode.COPY_OPTION, "COPY format not recognized", "Use text, csv or binary.")
                        .asException();
        };
    }

    /** Null means that the option stands alone. */
    private static boolean isTrue(@Nullable String text, String option) {
        if (text == null) {
            return true;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "1" -> true;
            case "false", "off", "0" -> false;
            case "match" -> {
                if (option.equals("header")) {
                    throw unsupported("cannot use \"match\" with HEADER in COPY TO");
                }
                throw syntax(option + " requires a Boolean value");
            }
            default -> throw syntax(option + " requires a Boolean value");
        };
    }

    private String argument(String option) {
        String text = optionalArgument();
        if (text == null) {
            throw syntax(option + " requires a parameter");
        }
        return text;
    }

    private @Nullable String optionalArgument() {
        Token token = in.peek();
        if (token.isSymbol(',') || token.isSymbol(')')) {
            return null;
        }
        if (token.kind() == Token.Kind.PARAMETER || token.kind() == Token.Kind.SYMBOL) {
            throw in.unexpected(token);
        }
        return in.next().text();
    }

    private String string() {
        Token token = in.next();
        if (token.kind() != Token.Kind.STRING) {
            throw in.unexpected(token);
        }
        return token.text();
    }

    private void closing() {
        if (!in.acceptSymbol(')')) {
            throw in.unexpected(in.peek());
        }
    }

    private static <T> T once(@Nullable T before, T now) {
        if (before != null) {
            throw redundant();
        }
        return now;
    }

    private static ProblemException redundant() {
        return syntax("conflicting or redundant options");
    }

    private static ProblemException onlyFrom(String option) {
        return unsupported("COPY " + option + " only available using COPY FROM");
    }

    private static ProblemException syntax(String detail) {
        return Problem.of(ProblemCode.SYNTAX, detail).asException();
    }

    private static ProblemException unsupported(String detail) {
        return Problem.of(ProblemCode.UNSUPPORTED, detail).asException();
    }

    private static ProblemException value(String detail) {
        return Problem.of(ProblemCode.COPY_OPTION, detail).asException();
    }
}
