package io.weir.query.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;

/**
 * Whether a generated text can be read in one way only. Its brackets are those of the tree that it was written from: where no operators of different strength stand beside each other inside
 * one pair of brackets, every reader makes that tree of it again, whatever it believes about precedence. And what the second parser read, written down again by that parser, is the
 * text: nothing was lost on the way, nothing added or moved.
 */
final class GeneratedStructure {
    private static final Pattern TOKEN = Pattern.compile(
            "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\\[(?:[^\\]]|]])*]|[A-Za-z_][\\w$]*|\\d+(?:\\.\\d+)?|<>|<=|>=|\\|\\||::|[^\\s]");

    /** Words after which a new expression begins at the same depth. */
    private static final Set<String> BEGIN = Set.of(
            ",",
            "select",
            "from",
            "where",
            "on",
            "by",
            "when",
            "then",
            "else",
            "as",
            "having",
            "distinct",
            "all",
            "limit",
            "union",
            "top",
            "over",
            "within",
            "fetch",
            "join",
            "order",
            "group",
            "rows",
            "using");

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", ">", "<=", ">=", "like", "is", "in");
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "%");

    private GeneratedStructure() {}

    /** Words, signs and names in order; words in small letters. */
    static List<String> tokens(String sql) {
        return TOKEN.matcher(sql)
                .results()
                .map(found -> found.group())
                .map(t -> t.startsWith("'") || t.startsWith("\"") || t.startsWith("[") ? t : t.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** As the second parser writes what it read. */
    static List<String> readAgain(GeneratedSelect select) {
        try {
            return tokens(CCJSqlParserUtil.parse(
                            select.sql(),
                            parser -> parser.withTimeOut(10_000)
                                    .withSquareBracketQuotation(select.dialect() == SqlDialect.SQL_SERVER))
                    .toString());
        } catch (JSQLParserException e) {
            throw new AssertionError(select.sql(), e);
        }
    }

    /** Where operators of different strength stand beside each other; empty where brackets alone say what belongs together. */
    static List<String> ambiguities(String sql) {
        List<String> found = new ArrayList<>();
        Deque<Set<String>> levels = new ArrayDeque<>();
        levels.push(new HashSet<>());
        int between = 0;
        String before = "(";
        List<String> tokens = tokens(sql);
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (token.equals("(") || token.equals("case")) {
                levels.push(new HashSet<>());
            } else if (token.equals(")") || token.equals("end")) {
                levels.pop();
            } else if (BEGIN.contains(token)) {
                levels.peek().clear();
            } else if (token.equals("between")) {
                between++;
            } else if (token.equals("and") && between > 0) {
                between--;
            } else {
                Set<String> here = levels.peek();
                String kind = kind(token, before, here);
                if (!kind.isEmpty() && clashes(kind, here)) {
                    found.add(String.join(" ", tokens.subList(Math.max(0, i - 8), Math.min(tokens.size(), i + 4))));
                }
                if (kind.equals("and") || kind.equals("or")) {
                    here.removeIf(k -> !k.equals("and") && !k.equals("or"));
                }
                if (!kind.isEmpty()) {
                    here.add(kind);
                }
            }
            before = token;
        }
        return found;
    }

    private static String kind(String token, String before, Set<String> here) {
        boolean first = before.equals("(") || BEGIN.contains(before) || here.contains(before);
        if (token.equals("and") || token.equals("or") || token.equals("||")) {
            return token;
        }
        if (COMPARISONS.contains(token)) {
            return "compared";
        }
        if (SUMS.contains(token)) {
            return first ? "" : "sum";
        }
        // A star alone stands for a row.
        return PRODUCTS.contains(token) && !first && !before.equals(".") ? "product" : "";
    }

    private static boolean clashes(String kind, Set<String> here) {
        return switch (kind) {
            case "and" -> here.contains("or");
            case "or" -> here.contains("and");
            case "compared" -> here.contains("compared");
            // Products before sums: every reader agrees.
            case "sum", "product" -> here.contains("||");
            case "||" -> here.contains("sum") || here.contains("product");
            default -> false;
        };
    }
}
