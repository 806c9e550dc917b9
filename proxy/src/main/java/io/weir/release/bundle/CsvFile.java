package io.weir.release.bundle;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import io.weir.query.type.SqlType;
import io.weir.release.request.ValueText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protected table as CSV (RFC 4180): UTF-8 without byte-order mark, CRLF, a header line, minimal quotes. SQL NULL is an empty field, the
 * empty string is {@code ""}; in a table of one column NULL is {@code ""} too, because an empty line is no record to many readers. A hidden
 * cell is the profile's marker.
 *
 * <p>Headers and text cells that a spreadsheet would read as a formula get an apostrophe in front, also when the first visible character
 * stands behind invisible ones; control characters become U+FFFD.
 */
final class CsvFile {
    private static final String FORMULA = "=+-@＝＋－＠﹦﹢﹣﹫\u2212";

    /** Hangul fillers and the blank pattern of Braille. */
    private static final String BLANK_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800";

    private CsvFile() {}

    static byte[] write(FrozenAnswer answer) {
        return write(answer, false);
    }

    /** With the number of the row, from 1, before its cells: tools that take the first column for labels read it right. */
    static byte[] numbered(FrozenAnswer answer) {
        return write(answer, true);
    }

    private static byte[] write(FrozenAnswer answer, boolean numbered) {
        StringBuilder out = new StringBuilder();
        boolean single = !numbered && answer.columns().size() == 1;
        for (int i = 0; i < answer.columns().size(); i++) {
            separate(out, numbered ? 1 : i);
            field(out, harmless(answer.columns().get(i).label()), true);
        }
        out.append("\r\n");
        int number = 0;
        for (List<Cell> row : answer.rows()) {
            number++;
            out.append(numbered ? String.valueOf(number) : "");
            for (int i = 0; i < row.size(); i++) {
                separate(out, numbered ? 1 : i);
                String text =
                        text(answer.columns().get(i), row.get(i), answer.facts().marker());
                field(out, text, single);
            }
            out.append("\r\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void separate(StringBuilder out, int index) {
        if (index > 0) {
            out.append(',');
        }
    }

    private static @Nullable String text(AnswerColumn column, Cell cell, String marker) {
        return switch (cell) {
            case Cell.Hidden ignored -> marker;
            case Cell.Shown(Object value, boolean ignored) -> {
                if (value == null) {
                    yield null;
                }
                SqlType type = column.type().type();
                String text = ValueText.write(type, value);
                yield type.isText() || type.isOpaque() ? harmless(text) : text;
            }
        };
    }

    private static void field(StringBuilder out, @Nullable String text, boolean quoteNull) {
        if (text == null) {
            out.append(quoteNull ? "\"\"" : "");
        } else if (text.isEmpty() || mustQuote(text)) {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            out.append(text);
        }
    }

    private static boolean mustQuote(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                || Character.isWhitespace(text.charAt(0))
                || Character.isWhitespace(text.charAt(text.length() - 1));
    }

    /** Text that no spreadsheet runs: OWASP "CSV injection", with full-width and small forms, also behind what a reader may strip or not see. */
    static String harmless(String text) {
        StringBuilder clean = new StringBuilder(text.length() + 1);
        text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t' ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        int first = 0;
        while (first < clean.length() && isInvisible(clean.codePointAt(first))) {
            first += Character.charCount(clean.codePointAt(first));
        }
        boolean startsBlank =
                !clean.isEmpty() && (clean.charAt(0) == '\t' || clean.charAt(0) == '\r' || clean.charAt(0) == '\n');
        boolean formula = first < clean.length() && FORMULA.indexOf(clean.charAt(first)) >= 0;
        return startsBlank || formula ? "'" + clean : clean.toString();
    }

    /** White space, byte-order marks, zero-width and bidirectional controls, marks without a letter, letters that are drawn as nothing. */
    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT,
                    Character.CONTROL,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.UNASSIGNED -> true;
            default -> BLANK_LETTERS.indexOf(c) >= 0 || c == 0xFFFD;
        };
    }
}
