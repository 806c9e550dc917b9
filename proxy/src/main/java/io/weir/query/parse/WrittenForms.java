package io.weir.query.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** How relations, conditions and columns are written in a syntax tree, for recognising forms. Pure. */
final class WrittenForms {
    private WrittenForms() {}

    /** A common table expression and its alias in a FROM. */
    record Side(String item, String alias) {}

    static @Nullable Side side(@Nullable SqlNode from) {
        if (from instanceof SqlIdentifier id && id.isSimple()) {
            return new Side(id.getSimple(), id.getSimple());
        }
        if (from instanceof SqlCall call && call.getKind() == SqlKind.TABLE_REF) {
            return side(call.operand(0));
        }
        if (from instanceof SqlCall as && as.getKind() == SqlKind.AS && as.operandCount() == 2) {
            Side inner = side(as.operand(0));
            return inner == null ? null : new Side(inner.item(), ((SqlIdentifier) as.operand(1)).getSimple());
        }
        return null;
    }

    static boolean isPlain(SqlSelect select) {
        return !select.isDistinct()
                && select.getWhere() == null
                && select.getHaving() == null
                && select.getQualify() == null
                && select.getFetch() == null
                && select.getOffset() == null
                && (select.getWindowList() == null || select.getWindowList().isEmpty())
                && (select.getOrderList() == null || select.getOrderList().isEmpty());
    }

    static boolean isInner(SqlJoin join) {
        return !join.isNatural()
                && (join.getJoinType() == JoinType.INNER
                        || join.getJoinType() == JoinType.CROSS
                        || join.getJoinType() == JoinType.COMMA);
    }

    /** Whether a condition says that these are equal, and that the one is not above the other, and nothing else. */
    static boolean equal(@Nullable SqlNode condition, List<String[]> pairs, String @Nullable [] notAbove) {
        List<SqlNode> conjuncts = new ArrayList<>();
        conjuncts(condition, conjuncts);
        Set<String> open = new HashSet<>();
        pairs.forEach(pair -> open.add(pair[0] + "=" + pair[1]));
        boolean ordered = notAbove == null;
        for (SqlNode node : conjuncts) {
            if (!(node instanceof SqlCall call)
                    || call.operandCount() != 2
                    || !(call.operand(0) instanceof SqlIdentifier a)
                    || !(call.operand(1) instanceof SqlIdentifier b)) {
                return false;
            }
            String left = qualified(a);
            String right = qualified(b);
            boolean key = call.getKind() == SqlKind.EQUALS
                    && (open.remove(left + "=" + right) || open.remove(right + "=" + left));
            boolean order = notAbove != null
                    && (call.getKind() == SqlKind.LESS_THAN_OR_EQUAL
                                    && left.equals(notAbove[0])
                                    && right.equals(notAbove[1])
                            || call.getKind() == SqlKind.GREATER_THAN_OR_EQUAL
                                    && right.equals(notAbove[0])
                                    && left.equals(notAbove[1]));
            if (!key && !order) {
                return false;
            }
            ordered |= order;
        }
        return open.isEmpty() && ordered;
    }

    /** A column by its alias; nothing where a point in a name could be taken for the one between them. */
    static String qualified(SqlIdentifier id) {
        return id.names.size() == 2 && id.names.stream().noneMatch(n -> n.contains("."))
                ? String.join(".", id.names)
                : "";
    }

    static void conjuncts(@Nullable SqlNode condition, List<SqlNode> into) {
        if (condition instanceof SqlCall call && call.getKind() == SqlKind.AND) {
            call.getOperandList().forEach(o -> conjuncts(o, into));
        } else if (condition != null) {
            into.add(condition);
        }
    }

    /** The names of columns in a list; empty when there is something else in it. */
    static Optional<Set<String>> columnsOf(SqlNodeList list) {
        Set<String> names = new HashSet<>();
        for (SqlNode node : list) {
            if (!(node instanceof SqlIdentifier id)) {
                return Optional.empty();
            }
            names.add(id.names.getLast());
        }
        return Optional.of(names);
    }

    /** The output names of a common table expression, in order; none when one has no name. */
    static List<String> names(SqlWithItem item) {
        SqlNodeList selected = ((SqlSelect) item.query).getSelectList();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < selected.size(); i++) {
            boolean given = item.columnList != null && i < item.columnList.size();
            Optional<String> name = given
                    ? Optional.of(((SqlIdentifier)
                                    Objects.requireNonNull(item.columnList).get(i))
                            .getSimple())
                    : name(selected.get(i));
            if (name.isEmpty()) {
                return List.of();
            }
            names.add(name.get());
        }
        return names;
    }

    static Optional<String> name(SqlNode item) {
        if (item.getKind() == SqlKind.AS) {
            return Optional.of(((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple());
        }
        return item instanceof SqlIdentifier id && !id.isStar() ? Optional.of(id.names.getLast()) : Optional.empty();
    }

    static SqlNode expression(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    static boolean isCall(SqlNode node, String name) {
        return node instanceof SqlCall call
                && call.getFunctionQuantifier() == null
                && call.getOperator().getName().equalsIgnoreCase(name);
    }

    static boolean isCountOfAll(SqlNode node) {
        return isCall(node, "count") && operand((SqlCall) node, 0) instanceof SqlIdentifier id && id.isStar();
    }

    static @Nullable SqlNode operand(SqlCall call, int i) {
        return call.operandCount() > i ? call.operand(i) : null;
    }

    /** Whether it is one of these columns, by its alias. */
    static boolean isOf(@Nullable SqlNode node, String alias, List<String> names) {
        return node instanceof SqlIdentifier id
                && id.names.size() == 2
                && id.names.getFirst().equals(alias)
                && names.contains(id.names.getLast());
    }
}
