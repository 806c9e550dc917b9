package io.weir.query.parse;

import io.weir.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an aggregate inside a sub-query whose columns are all of the query around it: PostgreSQL takes it for that query's own aggregate, Calcite for one of the sub-query. The two mean
 * different things, and grouped statements cannot be converted at all.
 *
 * <p>Source: PostgreSQL, manual, section 4.2.7, aggregate expressions: the aggregate then belongs to the nearest such outer level.
 */
final class OuterAggregates {
    private final NameScope scope;
    private boolean inside;
    private boolean around;

    private OuterAggregates(NameScope scope) {
        this.scope = scope;
    }

    /** @param call any; an aggregate is looked at with its FILTER or WITHIN GROUP if it has one */
    static void refuse(SqlCall call, NameScope scope) {
        if (scope.outer == null || !withClauses(call)) {
            return;
        }
        OuterAggregates found = new OuterAggregates(scope);
        call.accept(found.columns());
        if (found.around && !found.inside) {
            throw new StatementException(
                    ProblemCode.UNSUPPORTED,
                    "an aggregate in a sub-query has columns of the query around it only, so that it is an aggregate of that query",
                    "Write it outside of the sub-query; or group in a sub-query in FROM, and use its columns.",
                    call.getParserPosition());
        }
    }

    private static boolean withClauses(SqlCall call) {
        return switch (call.getKind()) {
            case FILTER, WITHIN_GROUP -> true;
            default -> isAggregate(call);
        };
    }

    private SqlBasicVisitor<@Nullable Void> columns() {
        return new SqlBasicVisitor<>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                if (!id.isStar()) {
                    boolean here = isOf(scope, id);
                    inside |= here;
                    around |= !here && isAround(id);
                }
                return null;
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                // What stands in a query inside has a range of names of its own.
                inside |= call.getKind().belongsTo(SqlKind.QUERY);
                return inside ? null : super.visit(call);
            }
        };
    }

    private boolean isAround(SqlIdentifier id) {
        for (NameScope outer = scope.outer; outer != null; outer = outer.outer) {
            if (isOf(outer, id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(NameScope scope, SqlIdentifier id) {
        List<String> names = id.names;
        return switch (names.size()) {
            case 1 -> scope.here(id, id.getSimple()) != null;
            case 2 -> scope.entry(names.get(0), null, id) != null;
            case 3 -> scope.entry(names.get(1), names.get(0), id) != null;
            default -> false;
        };
    }

    static boolean isAggregate(SqlCall call) {
        if (!(call.getOperator() instanceof SqlUnresolvedFunction function)) {
            return false;
        }
        List<SqlOperator> found = new ArrayList<>();
        PgOperators.table()
                .lookupOperatorOverloads(
                        function.getNameAsId(), null, SqlSyntax.FUNCTION, found, SqlNameMatchers.liberal());
        return found.stream().anyMatch(SqlOperator::isAggregator);
    }
}
