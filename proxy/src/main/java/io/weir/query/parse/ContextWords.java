package io.weir.query.parse;

import io.weir.query.parse.PgToken.Kind;
import java.util.List;

/** Words that are keywords in one place and names elsewhere. Refuses WITH TIES, and FETCH without its words. */
final class ContextWords {
    private final List<PgToken> tokens;
    private final Brackets brackets;
    private final TextWriter text;
    private final KeywordCalls.Emitter emit;

    ContextWords(List<PgToken> tokens, Brackets brackets, TextWriter text, KeywordCalls.Emitter emit) {
        this.tokens = tokens;
        this.brackets = brackets;
        this.text = text;
        this.emit = emit;
    }

    /** @return position of the token to go on with */
    int read(int i, String word, PgToken next) {
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
                text.put(word.equals("isnull") ? "IS NULL" : "IS NOT NULL", i);
                return i + 1;
            }
            case "at" -> {
                if (next.isWord("time") && tokens.get(i + 2).isWord("zone")) {
                    text.put("AT TIME ZONE", i);
                    return i + 3;
                }
            }
            case "similar" -> {
                if (next.isWord("to")) {
                    text.put("SIMILAR TO", i);
                    return i + 2;
                }
            }
            case "table" -> {
                text.put("SELECT * FROM", i);
                return i + 1;
            }
            case "distinct" -> {
                if (next.isWord("on") && tokens.get(i + 2).is("(")) {
                    text.quote(AstNames.DISTINCT_ON, i);
                    int close = brackets.closing(i + 2);
                    emit.tokens(i + 2, close + 1);
                    text.put(",", close);
                    return close + 1;
                }
                text.put("DISTINCT", i);
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
                    text.quote(word, i);
                    return i + 1;
                }
            }
            default -> {}
        }
        if (isKeyword) {
            text.put(Keywords.upper(word), i);
        } else {
            text.quote(word, i);
        }
        return i + 1;
    }

    private int fetch(int i) {
        int at = i + 1;
        if (!tokens.get(at).isWord("first") && !tokens.get(at).isWord("next")) {
            throw text.syntax(at, "FETCH needs FIRST or NEXT");
        }
        at++;
        int count = at;
        if (tokens.get(at).kind() == Kind.NUMBER || tokens.get(at).kind() == Kind.PARAMETER) {
            at++;
        } else if (tokens.get(at).is("(")) {
            at = brackets.closing(at) + 1;
        }
        if (!tokens.get(at).isWord("row") && !tokens.get(at).isWord("rows")) {
            throw text.syntax(at, "FETCH needs ROWS");
        }
        if (tokens.get(at + 1).isWord("with")) {
            throw text.unsupported(at + 1, "WITH TIES is not supported", "use rank() in a sub-query");
        }
        if (!tokens.get(at + 1).isWord("only")) {
            throw text.syntax(at + 1, "FETCH needs ONLY");
        }
        text.put("FETCH FIRST", i);
        if (at == count) {
            text.put("1", i);
        } else {
            emit.tokens(count, at);
        }
        text.put("ROWS ONLY", at);
        return at + 2;
    }
}
