package io.weir.query.parse;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Functional dependency: with a declared key in GROUP BY, other columns of the same table may be selected; they join the group keys. */
final class PrimaryKeys {
    private PrimaryKeys() {}

    static SqlNodeList complete(
            SqlNodeList group,
            NameScope scope,
            List<SqlNode> items,
            @Nullable SqlNode having,
            @Nullable SqlNodeList sort) {
        List<List<String>> grouped = new ArrayList<>();
        for (SqlNode node : group) {
            grouped.add(((SqlIdentifier) node).names);
        }
        List<NameScope.Entry> keyed = scope.entries.stream()
                .filter(e -> e.table() != null && !e.table().primaryKey().isEmpty())
                .filter(e -> e.table() != null
                        && e.table().primaryKey().stream().allMatch(k -> grouped.contains(List.of(e.alias(), k))))
                .toList();
        if (keyed.isEmpty()) {
            return group;
        }
        List<SqlNode> completed = new ArrayList<>(group.getList());
        Plain plain = new Plain();
        items.forEach(i -> i.accept(plain));
        if (having != null) {
            having.accept(plain);
        }
        if (sort != null) {
            sort.forEach(s -> s.accept(plain));
        }
        for (SqlIdentifier id : plain.found) {
            boolean depends = keyed.stream().anyMatch(e -> e.alias().equals(id.names.get(0)));
            if (depends && !grouped.contains(id.names)) {
                grouped.add(id.names);
                completed.add(id.clone(group.getParserPosition()));
            }
        }
        return new SqlNodeList(completed, group.getParserPosition());
    }

    /** Column references outside aggregates and sub-queries. */
    private static final class Plain extends SqlBasicVisitor<@Nullable Void> {
        private final List<SqlIdentifier> found = new ArrayList<>();

        @Override
        public @Nullable Void visit(SqlIdentifier id) {
            if (id.names.size() == 2 && !id.isStar()) {
                found.add(id);
            }
            return null;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            return switch (call.getKind()) {
                case SELECT, WITH, UNION, INTERSECT, EXCEPT, ORDER_BY, VALUES, FILTER, WITHIN_GROUP -> null;
                case AS -> call.operand(0).accept(this);
                default -> OuterAggregates.isAggregate(call) ? null : super.visit(call);
            };
        }
    }
}
