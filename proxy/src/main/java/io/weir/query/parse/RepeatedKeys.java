package io.weir.query.parse;

import io.weir.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.util.Litmus;

/**
 * Keys that stand twice in a GROUP BY with grouping sets. PostgreSQL then gives the same grouping set several times, Calcite once: rows
 * would be missing. Only sets that are listed one by one keep their duplicates in both.
 */
final class RepeatedKeys {
    private RepeatedKeys() {}

    /** @param group shaped */
    static void refuse(SqlNodeList group) {
        boolean sets = group.getList().stream().anyMatch(RepeatedKeys::isSets);
        if (!sets) {
            return;
        }
        List<SqlNode> before = new ArrayList<>();
        for (SqlNode element : group) {
            List<SqlNode> own = new ArrayList<>();
            keys(element, own);
            boolean listed = element.getKind() == SqlKind.GROUPING_SETS && !holdsRollup(element);
            for (int i = 0; i < own.size(); i++) {
                SqlNode key = own.get(i);
                if (isIn(key, before) || !listed && isIn(key, own.subList(0, i))) {
                    throw new StatementException(
                            ProblemCode.UNSUPPORTED,
                            "a key stands twice in a GROUP BY with ROLLUP, CUBE or GROUPING SETS",
                            "Write each key once, or list the sets one by one: GROUPING SETS ((a, b), (a), ()).",
                            key.getParserPosition());
                }
            }
            before.addAll(own);
        }
    }

    private static boolean isSets(SqlNode node) {
        return switch (node.getKind()) {
            case ROLLUP, CUBE, GROUPING_SETS -> true;
            default -> false;
        };
    }

    private static boolean holdsRollup(SqlNode node) {
        return node.getKind() == SqlKind.ROLLUP
                || node.getKind() == SqlKind.CUBE
                || parts(node).stream().anyMatch(RepeatedKeys::holdsRollup);
    }

    private static List<SqlNode> parts(SqlNode node) {
        if (node instanceof SqlNodeList list) {
            return list.getList();
        }
        return isSets(node) || node.getKind() == SqlKind.ROW ? ((SqlCall) node).getOperandList() : List.of();
    }

    private static void keys(SqlNode node, List<SqlNode> found) {
        if (node instanceof SqlNodeList || isSets(node) || node.getKind() == SqlKind.ROW) {
            parts(node).forEach(part -> keys(part, found));
        } else {
            found.add(node);
        }
    }

    private static boolean isIn(SqlNode key, List<SqlNode> keys) {
        return keys.stream().anyMatch(other -> other.equalsDeep(key, Litmus.IGNORE));
    }
}
