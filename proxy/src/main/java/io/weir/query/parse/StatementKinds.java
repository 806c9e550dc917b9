package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.parse.PgToken.Kind;
import java.util.List;

/** Tells queries from everything else before the grammar sees them, so that the refusal can say why. */
final class StatementKinds {
    private StatementKinds() {}

    static void check(List<PgToken> tokens) {
        PgToken first = tokens.get(0);
        int i = 0;
        while (tokens.get(i).is("(")) {
            i++;
        }
        PgToken word = tokens.get(i);
        if (word.kind() == Kind.END) {
            throw Problem.of(ProblemCode.SYNTAX, "the statement is empty").asException();
        }
        if (!(word.isWord("select") || word.isWord("with") || word.isWord("values") || word.isWord("table"))) {
            if (isWriting(word)) {
                throw readOnly(word);
            }
            if (isOther(word)) {
                throw new Problem(
                                ProblemCode.UNSUPPORTED,
                                Keywords.upper(word.text()) + " is not supported here",
                                "write a SELECT, WITH, VALUES or TABLE statement",
                                word.start() + 1)
                        .asException();
            }
            throw Problem.of(ProblemCode.SYNTAX, "a statement begins with SELECT, WITH, VALUES or TABLE")
                    .at(first.start() + 1)
                    .asException();
        }
        for (int at = 1; at < tokens.size(); at++) {
            // WITH d AS (DELETE …): a column or function of that name is never first in parentheses followed by its own
            // keyword.
            if (tokens.get(at - 1).is("(") && isWriting(tokens.get(at)) && followsWriting(tokens, at)) {
                throw readOnly(tokens.get(at));
            }
        }
    }

    private static boolean followsWriting(List<PgToken> tokens, int at) {
        PgToken next = tokens.get(at + 1);
        return next.isName() && !next.isWord("as") && !next.isWord("is") && !next.isWord("in");
    }

    private static boolean isWriting(PgToken token) {
        return token.kind() == Kind.WORD
                && switch (token.text()) {
                    case "insert",
                            "update",
                            "delete",
                            "merge",
                            "truncate",
                            "create",
                            "alter",
                            "drop",
                            "grant",
                            "revoke",
                            "copy",
                            "call",
                            "do",
                            "comment",
                            "refresh",
                            "reindex",
                            "vacuum",
                            "analyze",
                            "cluster",
                            "import",
                            "security",
                            "reassign",
                            "lock",
                            "notify" -> true;
                    default -> false;
                };
    }

    private static boolean isOther(PgToken token) {
        return token.kind() == Kind.WORD
                && switch (token.text()) {
                    case "explain",
                            "set",
                            "show",
                            "reset",
                            "begin",
                            "start",
                            "commit",
                            "rollback",
                            "end",
                            "abort",
                            "savepoint",
                            "release",
                            "declare",
                            "fetch",
                            "move",
                            "close",
                            "prepare",
                            "execute",
                            "deallocate",
                            "discard",
                            "listen",
                            "unlisten",
                            "load",
                            "checkpoint" -> true;
                    default -> false;
                };
    }

    private static io.weir.problem.ProblemException readOnly(PgToken word) {
        return new Problem(
                        ProblemCode.READ_ONLY,
                        Keywords.upper(word.text()) + " would change something",
                        "write a SELECT statement",
                        word.start() + 1)
                .asException();
    }
}
