package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Which parenthesis closes which, how deep, and which tokens lie directly in a window definition. */
final class Brackets {
    private final int[] closing;
    private final BitSet window;

    private Brackets(int[] closing, BitSet window) {
        this.closing = closing;
        this.window = window;
    }

    static Brackets match(List<PgToken> tokens, FrontEndLimits limits) {
        int[] closing = new int[tokens.size()];
        Arrays.fill(closing, -1);
        Deque<Integer> open = new ArrayDeque<>();
        int cases = 0;
        for (int i = 0; i < tokens.size(); i++) {
            PgToken token = tokens.get(i);
            if (token.is("(") || token.is("[")) {
                open.push(i);
            } else if (token.is(")") || token.is("]")) {
                if (open.isEmpty() || tokens.get(open.peek()).is("(") != token.is(")")) {
                    throw Problem.of(ProblemCode.SYNTAX, "a closing bracket without its opening one")
                            .at(token.start() + 1)
                            .asException();
                }
                closing[open.pop()] = i;
            } else if (token.isWord("case")) {
                cases++;
            } else if (token.isWord("end") && cases > 0) {
                cases--;
            }
            if (open.size() + cases > limits.depth()) {
                throw Problem.of(
                                ProblemCode.STATEMENT_TOO_COMPLEX,
                                "nested deeper than " + limits.depth() + " levels",
                                "WITH names the parts of a statement.")
                        .at(token.start() + 1)
                        .asException();
            }
        }
        if (!open.isEmpty()) {
            throw Problem.of(ProblemCode.SYNTAX, "an opening bracket without its closing one")
                    .at(tokens.get(open.peek()).start() + 1)
                    .asException();
        }
        return new Brackets(closing, windows(tokens, closing));
    }

    private static BitSet windows(List<PgToken> tokens, int[] closing) {
        BitSet window = new BitSet(tokens.size());
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).is("(") && opensWindow(tokens, i)) {
                int at = i + 1;
                while (at < closing[i]) {
                    window.set(at);
                    at = tokens.get(at).is("(") || tokens.get(at).is("[") ? closing[at] + 1 : at + 1;
                }
            }
        }
        return window;
    }

    private static boolean opensWindow(List<PgToken> tokens, int i) {
        if (tokens.get(i - 1).isWord("over")) {
            return i >= 2 && tokens.get(i - 2).is(")");
        }
        if (i < 3 || !tokens.get(i - 1).isWord("as") || !tokens.get(i - 2).isName()) {
            return false;
        }
        // WINDOW w AS (…), w2 AS (…): unlike a CTE, what follows is no query.
        PgToken first = tokens.get(i + 1);
        return (tokens.get(i - 3).isWord("window") || tokens.get(i - 3).is(","))
                && !(first.isWord("select")
                        || first.isWord("with")
                        || first.isWord("values")
                        || first.isWord("table")
                        || first.is("("));
    }

    /** Index of the bracket that closes the one at an index. */
    int closing(int open) {
        return closing[open];
    }

    boolean isWindow(int i) {
        return window.get(i);
    }

    /** First place of a word directly between two brackets, or -1. */
    int find(List<PgToken> tokens, int open, int close, String word) {
        for (int i = open + 1; i < close; i++) {
            PgToken token = tokens.get(i);
            if (token.is("(") || token.is("[")) {
                i = closing[i];
            } else if (token.isWord(word)) {
                return i;
            }
        }
        return -1;
    }
}
