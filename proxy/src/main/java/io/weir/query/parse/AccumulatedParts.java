package io.weir.query.parse;

import static io.weir.query.parse.WrittenForms.columnsOf;
import static io.weir.query.parse.WrittenForms.equal;
import static io.weir.query.parse.WrittenForms.expression;
import static io.weir.query.parse.WrittenForms.isCall;
import static io.weir.query.parse.WrittenForms.isCountOfAll;
import static io.weir.query.parse.WrittenForms.isInner;
import static io.weir.query.parse.WrittenForms.isOf;
import static io.weir.query.parse.WrittenForms.isPlain;
import static io.weir.query.parse.WrittenForms.names;
import static io.weir.query.parse.WrittenForms.operand;
import static io.weir.query.parse.WrittenForms.side;

import io.weir.query.parse.WrittenForms.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/** The parts of {@link AccumulatedCounts}, recognised by their form alone. */
final class AccumulatedParts {
    private final Map<String, SqlWithItem> items;

    AccumulatedParts(Map<String, SqlWithItem> items) {
        this.items = items;
    }

    /**
     * Counts by keys and value, numbered in the order of the values.
     *
     * @param sourceKeys of the relation that is counted
     * @param keys what the counts call them
     */
    record Stats(
            String item,
            String rows,
            List<String> sourceKeys,
            String sourceValue,
            List<String> keys,
            String value,
            String total,
            String number) {}

    /** The same counts, added up. */
    record Prior(String item, Stats stats, List<String> keys, String value, String accumulated) {}

    /** Aggregates by the keys alone. */
    record Overall(String item, List<String> keys, String total, Set<String> columns, Set<String> largest) {}

    /** What a select list reads, and by which aliases. */
    record Joined(Prior prior, String priorAlias, Overall overall, String overallAlias, Set<String> priorColumns) {
        /** The column of the whole that a name stands for; empty when it stands for none. */
        Optional<SqlIdentifier> ofOverall(SqlIdentifier id) {
            String name = id.names.getLast();
            boolean own = id.names.size() == 2
                    ? id.names.getFirst().equals(overallAlias)
                    : id.isSimple() && !priorColumns.contains(name);
            if (own && overall.columns().contains(name)) {
                return Optional.of(NameScope.qualified(overallAlias, name, id.getParserPosition()));
            }
            int key = isOf(id, priorAlias, prior.keys()) ? prior.keys().indexOf(name) : -1;
            return key < 0
                    ? Optional.empty()
                    : Optional.of(
                            NameScope.qualified(overallAlias, overall.keys().get(key), id.getParserPosition()));
        }

        /** The place of a smallest value up to which a part of the whole lies. */
        Optional<String> place(SqlCall call) {
            if (!isCall(call, "min") || !(operand(call, 0) instanceof SqlCase c) || c.getValueOperand() != null) {
                return Optional.empty();
            }
            if (c.getWhenOperands().size() != 1
                    || !(c.getWhenOperands().get(0) instanceof SqlCall reached)
                    || reached.getKind() != SqlKind.GREATER_THAN_OR_EQUAL
                    || !isValue(c.getThenOperands().get(0))
                    || !isLargest(c.getElseOperand())
                    || !isOf(reached.operand(0), priorAlias, List.of(prior.accumulated()))
                    || !(reached.operand(1) instanceof SqlCall times)
                    || times.getKind() != SqlKind.TIMES
                    || !(times.operand(0) instanceof SqlNumericLiteral share)
                    || !isOf(times.operand(1), overallAlias, List.of(overall.total()))) {
                return Optional.empty();
            }
            BigDecimal place = share.bigDecimalValue();
            return place == null || place.signum() <= 0 || place.compareTo(BigDecimal.ONE) > 0
                    ? Optional.empty()
                    : Optional.of(place.toPlainString());
        }

        private boolean isValue(SqlNode node) {
            boolean qualified = isOf(node, priorAlias, List.of(prior.value()));
            return qualified
                    || node instanceof SqlIdentifier id
                            && id.isSimple()
                            && id.getSimple().equals(prior.value())
                            && !overall.columns().contains(prior.value());
        }

        /** Never reached, as all counts together are the whole. */
        private boolean isLargest(@Nullable SqlNode otherwise) {
            return otherwise == null
                    || otherwise instanceof SqlLiteral l && l.getValue() == null
                    || isOf(otherwise, overallAlias, List.copyOf(overall.largest()));
        }
    }

    /** A select of two of the parts, one row for each row of the whole. */
    Optional<Joined> joined(SqlSelect select) {
        if (!isPlain(select) || !(select.getFrom() instanceof SqlJoin join)) {
            return Optional.empty();
        }
        Side left = side(join.getLeft());
        Side right = side(join.getRight());
        if (left == null || right == null) {
            return Optional.empty();
        }
        Optional<Prior> prior = prior(left.item());
        Side priorSide = prior.isPresent() ? left : right;
        Side overallSide = prior.isPresent() ? right : left;
        return prior.or(() -> prior(right.item()))
                .flatMap(p -> overall(overallSide.item(), p.stats()).flatMap(o -> {
                    Set<String> priorColumns = new HashSet<>(names(Objects.requireNonNull(items.get(p.item()))));
                    Joined joined = new Joined(p, priorSide.alias(), o, overallSide.alias(), priorColumns);
                    List<String[]> keys = new ArrayList<>();
                    for (int i = 0; i < p.keys().size(); i++) {
                        keys.add(new String[] {
                            priorSide.alias() + "." + p.keys().get(i),
                            overallSide.alias() + "." + o.keys().get(i)
                        });
                    }
                    return isInner(join) && equal(join.getCondition(), keys, null) && isGrouped(select, joined)
                            ? Optional.of(joined)
                            : Optional.empty();
                }));
    }

    /** Whether there is one group for each row of the whole. */
    private static boolean isGrouped(SqlSelect select, Joined joined) {
        SqlNodeList group = select.getGroup();
        if (group == null) {
            return false;
        }
        Set<String> keys = new HashSet<>(joined.overall().keys());
        for (SqlNode node : group) {
            Optional<SqlIdentifier> own = node instanceof SqlIdentifier id ? joined.ofOverall(id) : Optional.empty();
            if (own.isEmpty()) {
                return false;
            }
            keys.remove(own.get().names.getLast());
        }
        return keys.isEmpty();
    }

    private Optional<Stats> stats(String name) {
        SqlWithItem item = items.get(name);
        if (item == null
                || !(item.query instanceof SqlSelect select)
                || !isPlain(select)
                || select.getGroup() == null) {
            return Optional.empty();
        }
        Side rows = side(select.getFrom());
        List<String> names = names(item);
        List<String> columns = new ArrayList<>();
        List<String> columnNames = new ArrayList<>();
        String total = null;
        String number = null;
        SqlWindow window = null;
        for (int i = 0; i < names.size(); i++) {
            SqlNode expr = expression(select.getSelectList().get(i));
            if (expr instanceof SqlIdentifier id && !id.isStar()) {
                columns.add(id.names.getLast());
                columnNames.add(names.get(i));
            } else if (isCountOfAll(expr) && total == null) {
                total = names.get(i);
            } else if (expr.getKind() == SqlKind.OVER
                    && isCall(((SqlCall) expr).operand(0), "row_number")
                    && ((SqlCall) expr).operand(1) instanceof SqlWindow own
                    && number == null) {
                number = names.get(i);
                window = own;
            } else {
                return Optional.empty();
            }
        }
        if (rows == null
                || total == null
                || number == null
                || window == null
                || window.getOrderList().size() != 1
                || !(window.getOrderList().get(0) instanceof SqlIdentifier value)
                || !columns.contains(value.names.getLast())
                || !columnsOf(select.getGroup()).equals(Optional.of(new HashSet<>(columns)))
                || new HashSet<>(columns).size() != columns.size()) {
            return Optional.empty();
        }
        int at = columns.indexOf(value.names.getLast());
        String valueName = columnNames.remove(at);
        String sourceValue = columns.remove(at);
        return columnsOf(window.getPartitionList()).filter(columns::containsAll).isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Stats(name, rows.item(), columns, sourceValue, columnNames, valueName, total, number));
    }

    private Optional<Prior> prior(String name) {
        SqlWithItem item = items.get(name);
        if (item == null
                || !(item.query instanceof SqlSelect select)
                || !isPlain(select)
                || !(select.getFrom() instanceof SqlJoin join)
                || !isInner(join)) {
            return Optional.empty();
        }
        Side left = side(join.getLeft());
        Side right = side(join.getRight());
        if (left == null || right == null || !left.item().equals(right.item())) {
            return Optional.empty();
        }
        return stats(left.item()).flatMap(stats -> {
            Optional<Prior> found = prior(name, item, select, join, stats, left.alias(), right.alias());
            return found.isPresent() ? found : prior(name, item, select, join, stats, right.alias(), left.alias());
        });
    }

    /** @param s alias of the counts whose row it is, and p of those before it */
    private static Optional<Prior> prior(
            String name, SqlWithItem item, SqlSelect select, SqlJoin join, Stats stats, String s, String p) {
        List<String[]> keys = stats.keys().stream()
                .map(k -> new String[] {s + "." + k, p + "." + k})
                .toList();
        String[] order = {p + "." + stats.number(), s + "." + stats.number()};
        if (!equal(join.getCondition(), keys, order) || select.getGroup() == null) {
            return Optional.empty();
        }
        Set<String> grouped = new HashSet<>();
        for (SqlNode node : select.getGroup()) {
            grouped.add(node instanceof SqlIdentifier id ? WrittenForms.qualified(id) : "");
        }
        Set<String> own =
                new HashSet<>(Set.of(s + "." + stats.value(), s + "." + stats.total(), s + "." + stats.number()));
        Set<String> needed = new HashSet<>(Set.of(s + "." + stats.value()));
        stats.keys().forEach(k -> needed.add(s + "." + k));
        own.addAll(needed);
        if (!own.containsAll(grouped) || !grouped.containsAll(needed)) {
            return Optional.empty();
        }
        List<String> names = names(item);
        String accumulated = null;
        String value = null;
        List<@Nullable String> found =
                new ArrayList<>(java.util.Collections.nCopies(stats.keys().size(), null));
        for (int i = 0; i < names.size(); i++) {
            SqlNode expr = expression(select.getSelectList().get(i));
            if (isCall(expr, "sum") && isOf(operand((SqlCall) expr, 0), p, List.of(stats.total()))) {
                accumulated = names.get(i);
            } else if (isOf(expr, s, List.of(stats.value()))) {
                value = names.get(i);
            } else if (isOf(expr, s, stats.keys())) {
                found.set(stats.keys().indexOf(((SqlIdentifier) expr).names.getLast()), names.get(i));
            } else if (!isOf(expr, s, List.of(stats.total()))) {
                return Optional.empty();
            }
        }
        List<String> keyNames = found.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return accumulated == null
                        || value == null
                        || keyNames.size() != stats.keys().size()
                ? Optional.empty()
                : Optional.of(new Prior(name, stats, keyNames, value, accumulated));
    }

    private Optional<Overall> overall(String name, Stats stats) {
        SqlWithItem item = items.get(name);
        if (item == null || !(item.query instanceof SqlSelect select) || !isPlain(select)) {
            return Optional.empty();
        }
        Side rows = side(select.getFrom());
        Set<String> group = select.getGroup() == null
                ? Set.of()
                : columnsOf(select.getGroup()).orElse(Set.of(""));
        if (rows == null || !rows.item().equals(stats.rows()) || !group.equals(Set.copyOf(stats.sourceKeys()))) {
            return Optional.empty();
        }
        List<String> names = names(item);
        List<@Nullable String> keys =
                new ArrayList<>(java.util.Collections.nCopies(stats.keys().size(), null));
        Set<String> largest = new HashSet<>();
        String total = null;
        for (int i = 0; i < names.size(); i++) {
            SqlNode expr = expression(select.getSelectList().get(i));
            if (expr instanceof SqlIdentifier id && stats.sourceKeys().contains(id.names.getLast())) {
                keys.set(stats.sourceKeys().indexOf(id.names.getLast()), names.get(i));
            } else if (isCountOfAll(expr)) {
                total = names.get(i);
            } else if (isCall(expr, "max")
                    && operand((SqlCall) expr, 0) instanceof SqlIdentifier id
                    && id.names.getLast().equals(stats.sourceValue())) {
                largest.add(names.get(i));
            }
        }
        List<String> keyNames = keys.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return total == null || keyNames.size() != stats.keys().size()
                ? Optional.empty()
                : Optional.of(new Overall(name, keyNames, total, Set.copyOf(names), largest));
    }
}
