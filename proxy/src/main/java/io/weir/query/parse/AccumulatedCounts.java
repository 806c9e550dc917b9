package io.weir.query.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Percentiles that are computed by hand, from counts by value that are added up in the order of the values, written as the percentiles that they are:
 *
 * <pre>
 * WITH overall AS (SELECT k, count(*) AS total, … FROM r GROUP BY k),
 *      stats AS (SELECT k, v, count(*) AS total, row_number() OVER (ORDER BY v) AS rn FROM r GROUP BY k, v),
 *      prior AS (SELECT s.k, s.v, s.total, sum(p.total) AS accumulated
 *                FROM stats s JOIN stats p ON s.k = p.k AND p.rn &lt;= s.rn GROUP BY s.k, s.v, s.total, s.rn)
 * SELECT o.k, o.total, min(CASE WHEN p.accumulated &gt;= 0.5 * o.total THEN v END) AS median, …
 * FROM prior p JOIN overall o ON p.k = o.k GROUP BY o.k, o.total, …
 * </pre>
 *
 * <p>The counts by value would be left out where they are few, and what adds them up would be wrong; percentiles are judged as a whole. Where some of
 * the values are missing, the two are not the same, and the percentile is NULL. Every part has to be exactly of that form, or the statement is left as it is. Pure.
 */
final class AccumulatedCounts {
    private final AccumulatedParts parts;
    private final Supplier<String> names;

    private AccumulatedCounts(AccumulatedParts parts, Supplier<String> names) {
        this.parts = parts;
        this.names = names;
    }

    /** @param names gives names that no caller can write */
    static SqlWith written(SqlWith with, Supplier<String> names) {
        SqlWith current = with;
        for (int i = 0; i <= with.withList.size(); i++) {
            SqlNode query = i < with.withList.size() ? ((SqlWithItem) with.withList.get(i)).query : with.body;
            if (query instanceof SqlSelect select) {
                // What was added stands before what reads it.
                int place = i + current.withList.size() - with.withList.size();
                Map<String, SqlWithItem> items = new HashMap<>();
                current.withList
                        .subList(0, place)
                        .forEach(item -> items.put(((SqlWithItem) item).name.getSimple(), (SqlWithItem) item));
                SqlWith before = current;
                current = new AccumulatedCounts(new AccumulatedParts(items), names)
                        .of(before, select, place)
                        .orElse(before);
            }
        }
        return current;
    }

    /** @param place of the select in the list, or after it */
    private Optional<SqlWith> of(SqlWith with, SqlSelect select, int place) {
        return parts.joined(select)
                .filter(joined -> isOneScope(with, place, joined))
                .flatMap(joined -> of(with, select, place, joined));
    }

    /** Whether each part means by a name what the others mean: all are written in one list, and no name that is read is given between them. */
    private static boolean isOneScope(SqlWith with, int place, AccumulatedParts.Joined joined) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < place; i++) {
            if (places.put(((SqlWithItem) with.withList.get(i)).name.getSimple(), i) != null) {
                return false;
            }
        }
        AccumulatedParts.Prior prior = joined.prior();
        Integer stats = places.get(prior.stats().item());
        Integer counts = places.get(prior.item());
        Integer overall = places.get(joined.overall().item());
        int rows = places.getOrDefault(prior.stats().rows(), -1);
        return stats != null && counts != null && overall != null && rows < stats && rows < overall && stats < counts;
    }

    private Optional<SqlWith> of(SqlWith with, SqlSelect select, int place, AccumulatedParts.Joined joined) {
        Map<String, String> places = new LinkedHashMap<>();
        Rewriting rewriting = new Rewriting(joined, places);
        List<SqlNode> selected = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            // Without an alias the output would have another name.
            Optional<String> name = WrittenForms.name(item);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            selected.add(SelectShaper.as(rewriting.rewritten(WrittenForms.expression(item)), name.get()));
        }
        if (rewriting.failed || places.isEmpty()) {
            return Optional.empty();
        }
        SqlParserPos at = select.getParserPosition();
        // Another one, so that whoever else reads all columns of the whole gets those that it has.
        String whole = names.get();
        SqlNode from = SelectShaper.as(new SqlIdentifier(whole, at), joined.overallAlias());
        SqlNodeList list = new SqlNodeList(selected, at);
        // Equal to nothing, a missing key joins nothing.
        List<SqlNode> present = new ArrayList<>();
        joined.overall()
                .keys()
                .forEach(k -> present.add(SqlStdOperatorTable.IS_NOT_NULL.createCall(
                        at, NameScope.qualified(joined.overallAlias(), k, at))));
        SqlNode where = present.isEmpty()
                ? null
                : present.size() == 1 ? present.getFirst() : SqlStdOperatorTable.AND.createCall(at, present);
        SqlNode answer =
                new SqlSelect(at, null, list, from, where, null, null, SqlNodeList.EMPTY, null, null, null, null, null);
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < with.withList.size(); i++) {
            SqlWithItem item = (SqlWithItem) with.withList.get(i);
            if (item.name.getSimple().equals(joined.overall().item())) {
                items.add(withPlaces(item, whole, joined, places));
            }
            items.add(
                    i == place
                            ? new SqlWithItem(
                                    item.getParserPosition(), item.name, item.columnList, answer, item.recursive)
                            : item);
        }
        return Optional.of(new SqlWith(
                with.getParserPosition(),
                new SqlNodeList(items, at),
                place == with.withList.size() ? answer : with.body));
    }

    /** The whole under another name, with a percentile more for each place. */
    private static SqlWithItem withPlaces(
            SqlWithItem item, String called, AccumulatedParts.Joined joined, Map<String, String> places) {
        SqlSelect query = (SqlSelect) item.query;
        SqlParserPos at = query.getParserPosition();
        List<SqlNode> selected = new ArrayList<>(query.getSelectList());
        List<SqlNode> columns = new ArrayList<>();
        // All of them: a list may name the first few alone.
        WrittenForms.names(item).forEach(name -> columns.add(new SqlIdentifier(name, at)));
        String value = joined.prior().stats().sourceValue();
        places.forEach((place, name) -> {
            SqlNode percentile = SqlStdOperatorTable.WITHIN_GROUP.createCall(
                    at,
                    call("percentile_disc", SqlLiteral.createExactNumeric(place, at)),
                    SqlNodeList.of(new SqlIdentifier(value, at)));
            SqlNode complete = SqlStdOperatorTable.EQUALS.createCall(
                    at, call("count", new SqlIdentifier(value, at)), call("count", SqlIdentifier.star(at)));
            SqlNode known = new SqlCase(
                    at, null, SqlNodeList.of(complete), SqlNodeList.of(percentile), SqlLiteral.createNull(at));
            selected.add(SelectShaper.as(known, name));
            columns.add(new SqlIdentifier(name, at));
        });
        SqlSelect longer = (SqlSelect) query.clone(at);
        longer.setSelectList(new SqlNodeList(selected, at));
        return new SqlWithItem(
                item.getParserPosition(),
                new SqlIdentifier(called, at),
                new SqlNodeList(columns, at),
                longer,
                item.recursive);
    }

    private static SqlNode call(String name, SqlNode argument) {
        SqlParserPos at = argument.getParserPosition();
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(name, at), null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(at, argument);
    }

    /** The output columns without the accumulated counts. */
    private final class Rewriting extends SqlShuttle {
        private final AccumulatedParts.Joined joined;
        private final Map<String, String> places;
        private boolean failed;

        private Rewriting(AccumulatedParts.Joined joined, Map<String, String> places) {
            this.joined = joined;
            this.places = places;
        }

        private SqlNode rewritten(SqlNode node) {
            SqlNode result = node.accept(this);
            return result == null ? node : result;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            Optional<String> place = joined.place(call);
            if (place.isPresent()) {
                String name = places.computeIfAbsent(place.get(), p -> names.get());
                return NameScope.qualified(joined.overallAlias(), name, call.getParserPosition());
            }
            if (call.getKind() == org.apache.calcite.sql.SqlKind.AS) {
                return SelectShaper.as(rewritten(call.operand(0)), ((SqlIdentifier) call.operand(1)).getSimple());
            }
            // Aggregates and sub-queries of any other kind are not understood here.
            boolean plain = call.getKind() == org.apache.calcite.sql.SqlKind.CAST
                    || call.getKind().belongsTo(org.apache.calcite.sql.SqlKind.BINARY_ARITHMETIC);
            failed |= !plain;
            return plain ? super.visit(call) : call;
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier id) {
            Optional<SqlIdentifier> own = joined.ofOverall(id);
            failed |= own.isEmpty();
            return own.orElse(id);
        }
    }
}
