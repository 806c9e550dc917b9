package io.weir.query.session.statement;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;

/** {@code ISOLATION LEVEL … | READ ONLY | READ WRITE | [NOT] DEFERRABLE}, separated by commas or nothing. Only READ WRITE is refused. */
final class TransactionModes {
    private TransactionModes() {}

    static void check(TokenCursor in) {
        boolean more = !in.atEnd() && !in.peek().is("and");
        while (more) {
            if (in.accept("read", "write")) {
                throw new ProblemException(Problem.of(
                        ProblemCode.READ_ONLY, "A READ WRITE transaction is not possible.", "Leave out READ WRITE."));
            }
            boolean known = in.accept("isolation", "level", "read", "committed")
                    || in.accept("isolation", "level", "read", "uncommitted")
                    || in.accept("isolation", "level", "repeatable", "read")
                    || in.accept("isolation", "level", "serializable")
                    || in.accept("read", "only")
                    || in.accept("deferrable")
                    || in.accept("not", "deferrable");
            if (!known) {
                throw in.unexpected(in.peek());
            }
            more = in.acceptSymbol(',') || !in.atEnd();
        }
    }
}
