package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.function.Consumer;

/** Functions of texts in Transact-SQL. */
final class TransactTexts {
    private final SqlText out;
    private final Consumer<Expr> value;

    TransactTexts(SqlText out, Consumer<Expr> value) {
        this.out = out;
        this.value = value;
    }

    /** PostgreSQL's escape is a backslash without being said; here [ begins a set, too. */
    void like(Expr text, Expr pattern) {
        if (!(pattern instanceof Expr.Literal literal)) {
            throw Untranslatable.refuse("a pattern that depends on a row", "Write the pattern in the statement.");
        }
        String translated = literal.value() instanceof String s ? translated(s) : null;
        if (translated != null && translated.length() > TransactTypes.SHORT_TEXT) {
            throw Untranslatable.refuse("a pattern of so many characters", "Write a shorter pattern.");
        }
        // Marked, so that blanks at the end count on both sides.
        out.append("(");
        out.dialect().marked(out, SqlType.TEXT, () -> value.accept(text));
        out.append(" LIKE ");
        out.dialect().marked(out, SqlType.TEXT, () -> out.bind(translated, SqlType.TEXT));
        out.append(" ESCAPE N'\\')");
    }

    static String translated(String pattern) {
        StringBuilder translated = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean escaped = c == '\\';
            if (escaped) {
                i++;
                if (i == pattern.length()) {
                    throw Untranslatable.refuse("a pattern that ends in a backslash", "Write \\\\ for a backslash.");
                }
                c = pattern.charAt(i);
            }
            boolean wildcard = !escaped && (c == '%' || c == '_');
            if (!wildcard && "%_[\\".indexOf(c) >= 0) {
                translated.append('\\');
            }
            translated.append(c);
        }
        return translated.toString();
    }

    /** LEN leaves blanks at the end out: they are counted before a mark. */
    void length(Expr text) {
        out.append("(LEN(");
        out.dialect().marked(out, SqlType.TEXT, () -> value.accept(text));
        out.append(") - 1)");
    }

    /** A negative count leaves that many away at the end, where LEFT would fail. */
    void left(Expr text, Expr count) {
        if (!(count instanceof Expr.Literal(Object number, SqlType type))) {
            throw Untranslatable.refuse("a length that depends on a row", "Write the length in the statement.");
        }
        out.append("LEFT(");
        value.accept(text);
        out.append(", ");
        if (!(number instanceof Number n) || n.longValue() >= 0) {
            out.bind(number, type);
        } else {
            out.append("CASE WHEN ");
            length(text);
            out.append(" + ").bind(number, type).append(" > 0 THEN ");
            length(text);
            out.append(" + ").bind(number, type).append(" ELSE 0 END");
        }
        out.append(")");
    }

    /** NULL when a part is; as a large object, since shorter texts are cut at 4,000 characters. */
    void concatenated(List<Expr> parts) {
        out.append("(");
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).type().isText()) {
                throw Untranslatable.refuse("|| with a value that is no text", "Cast it to text.");
            }
            out.append(i > 0 ? " + " : "CAST(");
            value.accept(parts.get(i));
            out.append(i > 0 ? "" : " AS nvarchar(max))");
        }
        out.append(")");
    }
}
