package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;

/**
 * Rows about people grouped by a list of constants to which they are joined: a calendar, a list of bands. Every row of the list is a group,
 * whoever is in it. Where the list is joined by equality, it is a grouping by what is compared; otherwise each row of the list is what FILTER
 * says. Both are questions that could be asked without a list, and are ruled on as those are.
 */
final class ListedGroups {
    private final Scope scope;
    private final RexTranslator rex;
    private final ConstantLookup lookups;

    ListedGroups(Scope scope, RexTranslator rex, ConstantLookup lookups) {
        this.scope = scope;
        this.rex = rex;
        this.lookups = lookups;
    }

    /**
     * Groups of people.
     *
     * @param rows the people, with the aggregates' arguments as columns
     * @param key what they are grouped by; null when each group has a condition of its own instead
     * @param groups one for each row of the result
     */
    record Grouping(
            UnitRows rows,
            @org.jspecify.annotations.Nullable Expr key,
            List<Group> groups) {
        Grouping {
            groups = List.copyOf(groups);
        }
    }

    /**
     * One group.
     *
     * @param value the key's value
     * @param condition who is in it
     * @param shown the list's columns that are selected
     */
    record Group(Expr value, Expr condition, List<Expr> shown) {
        Group {
            shown = List.copyOf(shown);
        }
    }

    /** A join of a list and people that only such a grouping can answer. */
    record Listing(ListRows list, UnitRows people, boolean listFirst, boolean keepsList, Expr condition) {}

    /** Empty when this is no join with a list, or one that {@link ConstantLookup} answers. */
    Optional<Listing> of(Join join, Translated left, Translated right) {
        boolean listFirst = right instanceof UnitRows;
        if (!((listFirst ? right : left) instanceof UnitRows people)
                || !people.personal()
                || !((listFirst ? left : right) instanceof Translated.Above above)
                || !(above.residual() instanceof Residual.Constants constants)
                || constants.rows().isEmpty()) {
            return Optional.empty();
        }
        boolean keepsList = join.getJoinType() == (listFirst ? JoinRelType.LEFT : JoinRelType.RIGHT);
        if (!keepsList && join.getJoinType() != JoinRelType.INNER) {
            return Optional.empty();
        }
        ListRows list = new ListRows(constants, above.columns());
        Listing listing = new Listing(list, people.unlimited(), listFirst, keepsList, Expr.always());
        Expr condition = rex.translate(join.getCondition(), fields(listing, list.placeholders()));
        boolean equalities = Expr.conjunctsOf(condition).stream()
                .allMatch(c -> ConstantLookup.pair(c, list.placeholders()).isPresent());
        return keepsList || !equalities
                ? Optional.of(new Listing(list, listing.people(), listFirst, keepsList, condition))
                : Optional.empty();
    }

    private static List<Expr> fields(Listing listing, List<Expr.Column> placeholders) {
        List<Expr> fields = new ArrayList<>(
                listing.listFirst() ? placeholders : listing.people().columns());
        fields.addAll(listing.listFirst() ? listing.people().columns() : placeholders);
        return fields;
    }

    /** Refuses groups that are not the list's, and aggregates that would count its rows. */
    Grouping translate(Aggregate aggregate, Project project, Listing listing) {
        if (aggregate.getGroupSets().size() > 1 || aggregate.getGroupSet().isEmpty()) {
            throw groupByList();
        }
        ListRows list = listing.list();
        list.refuseLong();
        List<Expr> fields = fields(listing, list.placeholders());
        List<Expr> columns = project.getProjects().stream()
                .map(p -> rex.translate(p, fields))
                .toList();
        List<Expr> keys = new ArrayList<>();
        for (int index : aggregate.getGroupSet()) {
            if (!ListRows.isAll(columns.get(index))) {
                throw groupByList();
            }
            keys.add(columns.get(index));
        }
        aggregate.getAggCallList().forEach(call -> refuseListed(call, columns, listing.keepsList()));
        List<Expr> own = new ArrayList<>();
        List<Expr> joined = new ArrayList<>();
        for (Expr conjunct : Expr.conjunctsOf(listing.condition())) {
            (ListRows.isMentioned(conjunct) ? joined : own).add(conjunct);
        }
        UnitRows people = listing.people();
        UnitRows rows = own.isEmpty() ? people : people.withRel(new Rel.Filter(people.rel(), Expr.and(own)));
        List<ConstantLookup.Pair> pairs = joined.stream()
                .flatMap(c -> ConstantLookup.pair(c, list.placeholders()).stream())
                .toList();
        return pairs.size() == joined.size() && !pairs.isEmpty()
                ? byEquality(pairs, list, keys, rows, columns)
                : byCondition(joined, list, keys, rows, columns);
    }

    private static void refuseListed(AggregateCall call, List<Expr> columns, boolean keepsList) {
        boolean mentioned = call.getArgList().stream().anyMatch(i -> ListRows.isMentioned(columns.get(i)))
                || call.hasFilter() && ListRows.isMentioned(columns.get(call.filterArg));
        // In a row of the list without people every column of theirs is NULL, and count(*) counts it.
        boolean countsList = keepsList
                && (call.getArgList().isEmpty()
                        || call.getArgList().stream().anyMatch(i -> !(columns.get(i) instanceof Expr.Column)));
        if (mentioned || countsList || call.getAggregation().getName().equalsIgnoreCase("grouping")) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "an aggregate over rows of a list that is joined to people counts the list",
                    "Aggregate a plain column of the people's table: count(a.column), sum(a.column); put conditions into FILTER (WHERE …).");
        }
    }

    private static RuntimeException groupByList() {
        return refuse(
                ProblemCode.JOIN,
                "a list of constants is outer-joined to rows about people, or joined by something else than equality",
                "Group by the list's columns alone; or group the rows first and join the list to the groups: SELECT … FROM list LEFT JOIN (SELECT …, count(*) … GROUP BY …) ….");
    }

    private Grouping byEquality(
            List<ConstantLookup.Pair> pairs, ListRows list, List<Expr> keys, UnitRows rows, List<Expr> columns) {
        List<Expr> matches = lookups.matches(pairs, list);
        List<List<Expr>> tuples = tuples(keys, list);
        List<Group> groups = new ArrayList<>();
        for (List<Expr> tuple : tuples.stream().distinct().toList()) {
            List<Expr> conditions = new ArrayList<>();
            for (int row = 0; row < list.size(); row++) {
                if (tuples.get(row).equals(tuple)) {
                    conditions.add(matches.get(row));
                }
            }
            groups.add(new Group(Expr.literal(groups.size() + 1, SqlType.INT4), ConstantLookup.any(conditions), tuple));
        }
        UnitRows matched = rows.withRel(new Rel.Filter(rows.rel(), ConstantLookup.any(matches)))
                .withColumns(columns);
        Optional<Grouping> byValue = byValue(groups, matched);
        return byValue.orElseGet(() -> new Grouping(matched, numbered(groups), groups));
    }

    /** Where each group is one value of one expression, that is what is grouped by: the question that it is without a list. */
    private static Optional<Grouping> byValue(List<Group> groups, UnitRows rows) {
        List<Group> valued = new ArrayList<>();
        Set<Expr> compared = new HashSet<>();
        Expr key = null;
        for (Group group : groups) {
            if (!(group.condition() instanceof Expr.Call(Op op, List<Expr> a, SqlType t))
                    || op != Op.EQUAL
                    || !(a.get(1) instanceof Expr.Literal literal)
                    || literal.value() == null) {
                return Optional.empty();
            }
            key = a.getFirst();
            compared.add(key);
            Object value = Evaluator.cast(literal.value(), key.type());
            if (value == null || Evaluator.compare(value, literal.value()) != 0) {
                return Optional.empty();
            }
            valued.add(new Group(Expr.literal(value, key.type()), group.condition(), group.shown()));
        }
        return key != null && compared.size() == 1 ? Optional.of(new Grouping(rows, key, valued)) : Optional.empty();
    }

    /** The number of a row's group. */
    private static Expr numbered(List<Group> groups) {
        List<Expr.When> whens = groups.stream()
                .map(g -> new Expr.When(g.condition(), g.value()))
                .toList();
        return whens.size() < 2
                ? Expr.literal(1, SqlType.INT4)
                : new Expr.Case(
                        whens.subList(0, whens.size() - 1), whens.getLast().value(), SqlType.INT4);
    }

    private Grouping byCondition(List<Expr> joined, ListRows list, List<Expr> keys, UnitRows rows, List<Expr> columns) {
        List<List<Expr>> tuples = tuples(keys, list);
        if (new HashSet<>(tuples).size() < tuples.size()) {
            throw refuse(
                    ProblemCode.JOIN,
                    "several rows of a list that is joined by something else than equality fall into one group",
                    "Give each row of the list a group of its own: GROUP BY its key.");
        }
        List<Group> groups = new ArrayList<>();
        for (int row = 0; row < list.size(); row++) {
            int at = row;
            Expr condition =
                    Expr.and(joined.stream().map(c -> bound(c, list, at)).toList());
            groups.add(new Group(Expr.literal(row + 1, SqlType.INT4), condition, tuples.get(row)));
        }
        return new Grouping(rows.withColumns(columns), null, groups);
    }

    /** A condition with the values of one row, compared as if they had been written. */
    private Expr bound(Expr condition, ListRows list, int row) {
        return condition.transform(e -> e instanceof Expr.Call call && Operators.compares(call.op())
                ? rex.comparison(call.op(), call.arguments())
                : Casts.fold(list.bound(e, row)));
    }

    private List<List<Expr>> tuples(List<Expr> keys, ListRows list) {
        List<List<Expr>> tuples = new ArrayList<>();
        for (int row = 0; row < list.size(); row++) {
            int at = row;
            tuples.add(keys.stream()
                    .map(k -> k.transform(e -> Casts.fold(list.bound(e, at))))
                    .toList());
        }
        return tuples;
    }

    /** What stands above for the groups that have conditions of their own: a row for each. */
    Residual.Constants numbers(Grouping grouping) {
        String alias = scope.newAlias("v");
        scope.declareProtected(alias);
        return new Residual.Constants(
                alias,
                List.of("c0"),
                List.of(SqlType.INT4),
                grouping.groups().stream().map(g -> List.of(g.value())).toList());
    }
}
