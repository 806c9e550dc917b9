package io.weir.query.rewrite;

import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.rewrite.OutputColumn.Purpose;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Set;

/** How the group keys of a block are written at each level of its queries. Keys are computed once, in the innermost derived table. */
final class CellKeys {
    private final Block block;
    private final Dialect dialect;

    CellKeys(Block block, Dialect dialect) {
        this.block = block;
        this.dialect = dialect;
    }

    /** The keys' expressions and a comma after each, innermost. */
    void base(SqlText out, Relations relations) {
        StoredColumns stored = new StoredColumns(block.input());
        for (int k = 0; k < block.keys().size(); k++) {
            key(out, relations, block.keys().get(k).expr(), stored);
            out.append(" AS ").name(Block.keyName(k)).append(", ");
        }
    }

    /**
     * A group's key. Sources calculate in decimal numbers: what has no room in the key's type is none, where PostgreSQL raises an error. One person's number would decide otherwise whether
     * there is an answer.
     */
    private static void key(SqlText out, Relations relations, Expr value, StoredColumns stored) {
        if (!value.type().isInteger() || !isCalculated(value, stored)) {
            marked(out, relations, value);
            return;
        }
        out.append("CASE WHEN ");
        relations.expressions(out).write(value);
        out.append(
                switch (value.type()) {
                    case INT2 -> " BETWEEN -32768 AND 32767";
                    case INT4 -> " BETWEEN -2147483648 AND 2147483647";
                    default -> " BETWEEN -9223372036854775808 AND 9223372036854775807";
                });
        out.append(" THEN ");
        relations.expressions(out).write(value);
        out.append(" END");
    }

    private static boolean isCalculated(Expr value, StoredColumns stored) {
        boolean[] found = {false};
        value.walk(e -> found[0] |= e instanceof Expr.Column column && !stored.contains(column)
                || e instanceof Expr.Call call
                        && switch (call.op()) {
                            case ADD, SUBTRACT, MULTIPLY, DIVIDE, INTEGER_DIVIDE, NEGATE, ABSOLUTE -> true;
                            default -> false;
                        });
        return found[0];
    }

    static void marked(SqlText out, Relations relations, Expr value) {
        out.dialect().marked(out, value.type(), () -> relations.expressions(out).write(value));
    }

    /** The keys and a comma after each. */
    void names(SqlText out, String from) {
        for (int k = 0; k < block.keys().size(); k++) {
            out.append(from).append(".").name(Block.keyName(k)).append(", ");
        }
    }

    /** What tells a cell apart: keys and grouping set. */
    void cell(SqlText out, String from) {
        names(out, from);
        out.append(from).append(".").name(Block.GROUPING);
    }

    /** Keys and grouping set as the first columns of a whole statement, and a comma after each but the last. */
    void outputs(SqlText out, String from, List<OutputColumn> plan) {
        for (int k = 0; k < block.keys().size(); k++) {
            SqlType type = block.keys().get(k).type();
            String name = Block.keyName(k);
            dialect.unmarked(out, type, () -> out.append(from).append(".").name(name));
            out.append(dialect.marks(type) ? " AS " + dialect.quoted(name) + ", " : ", ");
            plan.add(new OutputColumn(name, Purpose.CELL, type, null));
        }
        out.append(from).append(".").name(Block.GROUPING).append(", ");
        plan.add(new OutputColumn(Block.GROUPING, Purpose.CELL, SqlType.INT8, null));
    }

    /** Which grouping set a row of a level that is grouped by {@link #groupBy} belongs to. */
    void grouping(SqlText out, String from) {
        if (block.groupingSets().size() == 1) {
            out.append(Long.toString(block.mask(block.groupingSets().getFirst())));
            return;
        }
        out.append(dialect.groupingSet());
        for (int k = 0; k < block.keys().size(); k++) {
            out.append(k > 0 ? ", " : "").append(from).append(".").name(Block.keyName(k));
        }
        out.append(")");
    }

    /** The keys of every grouping set with what else is grouped by. */
    void groupBy(SqlText out, String from, List<String> others) {
        if (block.groupingSets().size() == 1) {
            groupBy(out, from, block.groupingSets().getFirst(), others);
            return;
        }
        out.append("GROUPING SETS (");
        for (int s = 0; s < block.groupingSets().size(); s++) {
            out.append(s > 0 ? ", (" : "(");
            groupBy(out, from, block.groupingSets().get(s), others);
            out.append(")");
        }
        out.append(")");
    }

    private static void groupBy(SqlText out, String from, Set<Integer> set, List<String> others) {
        for (int k : set.stream().sorted().toList()) {
            out.append(from).append(".").name(Block.keyName(k)).append(", ");
        }
        for (int i = 0; i < others.size(); i++) {
            out.append(i > 0 ? ", " : "").append(from).append(".").name(others.get(i));
        }
    }
}
