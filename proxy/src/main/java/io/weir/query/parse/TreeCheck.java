package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.type.SqlType;
import io.weir.query.type.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Last look at a tree: parameters have one type each, constants can be read as what they are cast to, and no expression is too deep. */
final class TreeCheck {
    /** What the later stages can walk on any thread's stack: a chain of operators is as deep as it is long. */
    private static final int MAXIMUM_DEPTH = 500;

    /** @param types type of each parameter in order, null for one that does not occur */
    record Parameters(List<@Nullable SqlType> types, boolean conflicting) {
        /** What the client said, else what was found, else text. */
        List<SqlType> resolved(List<@Nullable SqlType> given) {
            List<SqlType> resolved = new ArrayList<>();
            for (int i = 0; i < Math.max(types.size(), given.size()); i++) {
                SqlType said = i < given.size() ? given.get(i) : null;
                SqlType found = i < types.size() ? types.get(i) : null;
                resolved.add(said != null ? said : found != null ? found : SqlType.TEXT);
            }
            return resolved;
        }
    }

    private final Map<Integer, SqlType> found = new TreeMap<>();
    private boolean conflicting;

    private TreeCheck() {}

    static Parameters check(RelNode tree, CanonicalText text) {
        TreeCheck check = new TreeCheck();
        check.walk(tree);
        int count = text.parameters().stream().mapToInt(p -> p).max().orElse(0);
        List<@Nullable SqlType> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(check.found.get(i));
        }
        return new Parameters(types, check.conflicting);
    }

    private void walk(RelNode tree) {
        Opaque.check(tree);
        tree.accept(new Expressions());
        tree.getInputs().forEach(this::walk);
    }

    private final class Expressions extends RexShuttle {
        private int depth;

        @Override
        public RexNode visitDynamicParam(RexDynamicParam parameter) {
            SqlType type = SqlTypes.of(parameter.getType()).type();
            SqlType before = found.putIfAbsent(parameter.getIndex(), type);
            conflicting |= before != null && before != type;
            return parameter;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            Opaque.check(query);
            walk(query.rel);
            return super.visitSubQuery(query);
        }

        @Override
        public RexNode visitOver(RexOver over) {
            Opaque.check(over);
            return super.visitOver(over);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            Opaque.check(call);
            if (Literals.isUnreadable(call)) {
                SqlType type = SqlTypes.of(call.getType()).type();
                throw Problem.of(
                                ProblemCode.INVALID_VALUE,
                                "a text in the statement is not a valid " + type.sqlName(),
                                Written.hint(type))
                        .asException();
            }
            if (++depth > MAXIMUM_DEPTH) {
                throw Problem.of(
                                ProblemCode.STATEMENT_TOO_COMPLEX,
                                "an expression is nested deeper than %d levels".formatted(MAXIMUM_DEPTH),
                                "A long chain of operators is nested too: use IN for alternatives, or calculate in steps.")
                        .asException();
            }
            RexNode visited = super.visitCall(call);
            depth--;
            return visited;
        }
    }
}
