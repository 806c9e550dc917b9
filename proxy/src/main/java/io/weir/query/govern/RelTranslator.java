package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Dataset;
import io.weir.policy.Grant;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.Scans;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/**
 * Walks the validated tree bottom-up and labels it: reference data, rows of known units, or protected. Aggregates over rows of units become
 * blocks. One instance a ruling; not thread-safe.
 */
final class RelTranslator {
    private final Map<io.weir.policy.DatasetName, Grant> grants;
    private final PolicySnapshot policy;
    private final Profile profile;
    private final Scope scope = new Scope();
    private final Rules rules;
    private final Linking linking;
    private final RexTranslator rex;
    private final Map<CorrelationId, List<Expr>> correlations = new HashMap<>();
    private final Map<CorrelationId, Set<String>> correlationAliases = new HashMap<>();
    private final SourceValues source;
    private final SubjectAggregates subjectAggregates;
    private final Boundaries boundaries;
    private final boolean rowView;
    private final Ruling ruling;

    RelTranslator(Ruling ruling, boolean rowView) {
        this.grants = ruling.grants();
        this.policy = ruling.policy();
        this.profile = ruling.profile();
        this.rowView = rowView;
        this.ruling = ruling;
        this.rules = new Rules(scope, ruling.snapshot(), rowView);
        this.linking = new Linking(scope, policy);
        this.source = new SourceValues(scope, rules, ruling, rowView);
        this.subjectAggregates = new SubjectAggregates(scope, rules, source, profile);
        this.boundaries = new Boundaries(scope, rules, source, profile, ruling.snapshot());
        this.rex = new RexTranslator(
                ruling.parameters(),
                ruling.parameterTypes(),
                ruling.snapshot(),
                correlations,
                this::subQuery,
                rules::onGrid);
    }

    List<Block> blocks() {
        return boundaries.blocks();
    }

    Scope scope() {
        return scope;
    }

    Rules rules() {
        return rules;
    }

    SourceValues source() {
        return source;
    }

    Translated translate(RelNode node) {
        return switch (node) {
            case TableScan scan -> scan(scan);
            case Filter filter -> filter(filter);
            case Project project -> project(project);
            case Join join -> join(join);
            case Aggregate aggregate -> aggregate(aggregate);
            case Sort sort -> sort(sort);
            case Values values -> values(values);
            case SetOp setOp -> setOperation(setOp);
            default ->
                throw refuse(
                        ProblemCode.UNSUPPORTED,
                        "this form of query (%s)".formatted(node.getRelTypeName()),
                        "Write it with SELECT, JOIN, WHERE, GROUP BY, WITH and UNION.");
        };
    }

    // ---- scans
    // ----------------------------------------------------------------------------------------------------------------

    private Translated scan(TableScan scan) {
        io.weir.policy.DatasetName name = Scans.dataset(scan);
        List<List<@Nullable Object>> own = ruling.own().get(name);
        if (own != null) {
            return ownRows(scan, own);
        }
        Dataset dataset = policy.datasets().get(name);
        Grant grant = grants.get(name);
        if (dataset == null || grant == null) {
            throw refuse(ProblemCode.UNKNOWN_RELATION, name.toString());
        }
        String alias = scope.newAlias("s");
        Rel.Scan rel = new Rel.Scan(alias, dataset, grant, rowView);
        Map<String, ColumnInfo> infos = new LinkedHashMap<>();
        List<Expr> columns = new ArrayList<>();
        for (RelDataTypeField field : scan.getRowType().getFieldList()) {
            io.weir.policy.Column column = dataset.column(field.getName())
                    .filter(c -> grant.columns().contains(c.name()))
                    .orElseThrow(() -> refuse(ProblemCode.UNKNOWN_COLUMN, field.getName()));
            infos.put(column.name(), ColumnInfo.of(dataset, column, policy));
            // Identifiers are computed with as they lie in the source, whatever type their pseudonyms are shown as.
            SqlType type = column.columnClass() == io.weir.policy.ColumnClass.IDENTIFIER
                    ? column.type().type()
                    : SqlTypes.of(field.getType()).type();
            columns.add(new Expr.Column(alias, column.name(), type));
        }
        List<UnitRows.Unit> units = List.of();
        if (rel.personal()) {
            Dataset.SubjectKey key = subjectKey(dataset);
            infos.put(Rel.SUBJECT, ColumnInfo.subjectKey(key.namespace()));
            SqlType type =
                    dataset.column(key.column()).map(c -> c.type().type()).orElse(SqlType.TEXT);
            units = List.of(new UnitRows.Unit(alias, Scope.subjectOf(alias, type), key.namespace()));
        }
        scope.declareScan(rel, infos);
        return new UnitRows(rel, columns, units, null);
    }

    /** Relations that Weir itself answers are constants of this statement. */
    private Translated ownRows(TableScan scan, List<List<@Nullable Object>> rows) {
        String alias = scope.newAlias("v");
        scope.declareProtected(alias);
        List<String> names = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (RelDataTypeField field : scan.getRowType().getFieldList()) {
            SqlType type = SqlTypes.of(field.getType()).type();
            names.add("c" + names.size());
            types.add(type);
            columns.add(new Expr.Column(alias, names.getLast(), type));
        }
        List<List<Expr>> constants = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<Expr> constant = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                constant.add(Expr.literal(row.get(i), types.get(i)));
            }
            constants.add(constant);
        }
        return new Translated.Above(new Residual.Constants(alias, names, types, constants), columns);
    }

    private Dataset.SubjectKey subjectKey(Dataset dataset) {
        if (dataset.subject() != null) {
            return dataset.subject();
        }
        Dataset carrier = dataset.subjectLink()
                .map(l -> policy.datasets().get(l.target()))
                .orElseThrow(() -> refuse(ProblemCode.SHAPE, "%s has no subject".formatted(dataset.name())));
        if (carrier.subject() == null) {
            throw refuse(ProblemCode.SHAPE, "%s has no subject".formatted(dataset.name()));
        }
        return carrier.subject();
    }

    // ---- filters and projections
    // ----------------------------------------------------------------------------------------------

    private Translated filter(Filter filter) {
        Translated input = translate(filter.getInput());
        remember(filter.getVariablesSet(), input);
        Expr condition = rex.translate(filter.getCondition(), input.columns());
        return switch (input) {
            case Translated.Above above ->
                new Translated.Above(new Residual.Filter(above.residual(), condition), above.columns());
            case UnitRows rows -> {
                if (rows.ordering() != null && rows.ordering().limits()) {
                    throw limitBelow();
                }
                if (scope.isProtected(condition) || hasScalar(condition)) {
                    if (rows.personal()) {
                        rules.predicate(condition);
                    }
                    Translated.Above read = asResidual(rows);
                    Expr moved = rex.translate(filter.getCondition(), read.columns());
                    yield new Translated.Above(new Residual.Filter(read.residual(), moved), read.columns());
                }
                yield new UnitRows(new Rel.Filter(rows.rel(), condition), rows.columns(), rows.units(), null);
            }
        };
    }

    private static RuntimeException limitBelow() {
        return refuse(
                ProblemCode.SHAPE,
                "LIMIT below another operation",
                "Use ORDER BY and LIMIT on the outermost SELECT only.");
    }

    private static boolean hasScalar(Expr expr) {
        boolean[] found = {false};
        expr.walk(e -> found[0] |= e instanceof Expr.Scalar);
        return found[0];
    }

    private void remember(Set<CorrelationId> ids, Translated input) {
        for (CorrelationId id : ids) {
            correlations.put(id, input.columns());
            correlationAliases.put(
                    id, input instanceof UnitRows rows ? rows.rel().aliases() : Set.of());
        }
    }

    private Translated project(Project project) {
        Translated input = translate(project.getInput());
        remember(project.getVariablesSet(), input);
        boolean windows = project.getProjects().stream().anyMatch(RexOver::containsOver);
        if (windows) {
            return new WindowTranslator(rex, scope).translate(project, residualOnly(input, "a window function"));
        }
        List<Expr> columns = project.getProjects().stream()
                .map(p -> rex.translate(p, input.columns()))
                .toList();
        return switch (input) {
            case Translated.Above above -> new Translated.Above(above.residual(), columns);
            case UnitRows rows -> {
                if (columns.stream().anyMatch(c -> hasScalar(c) || scope.isProtected(c))) {
                    Translated.Above read = residualOnly(rows, "a sub-query");
                    yield new Translated.Above(
                            read.residual(),
                            project.getProjects().stream()
                                    .map(p -> rex.translate(p, read.columns()))
                                    .toList());
                }
                yield rows.withColumns(columns);
            }
        };
    }

    /** Reference data and protected values go on above the boundary; rows about people may not. */
    private Translated.Above residualOnly(Translated input, String what) {
        return switch (input) {
            case Translated.Above above -> above;
            case UnitRows rows -> {
                if (rows.personal()) {
                    throw refuse(
                            ProblemCode.SHAPE,
                            "%s over rows about people".formatted(what),
                            "Aggregate first; windows and sub-queries over the aggregated result are fine.");
                }
                yield asResidual(rows);
            }
        };
    }

    /** Reference rows at the top of a statement. */
    Translated.Above residual(UnitRows rows) {
        return asResidual(rows);
    }

    /** Reads reference rows into the proxy. */
    private Translated.Above asResidual(UnitRows rows) {
        if (rows.personal()) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "protected aggregates are combined with rows about people",
                    "Aggregate the rows first, then join the aggregates.");
        }
        if (rows.rel() instanceof Rel.Values v) {
            scope.declareProtected(v.alias());
            return new Translated.Above(
                    new Residual.Constants(v.alias(), v.names(), v.types(), v.rows()), rows.columns());
        }
        String alias = scope.newAlias("f");
        scope.declareProtected(alias);
        List<Rel.Named> outputs = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            outputs.add(new Rel.Named("c" + i, rows.columns().get(i)));
            columns.add(new Expr.Column(alias, "c" + i, rows.columns().get(i).type()));
        }
        if (outputs.isEmpty()) {
            outputs.add(new Rel.Named("c0", Expr.literal(1, SqlType.INT4)));
        }
        Residual residual = new Residual.ReadReference(alias, rows.rel(), outputs);
        UnitRows.Ordering ordering = rows.ordering();
        if (ordering != null) {
            List<Residual.SortKey> keys = new ArrayList<>();
            for (Residual.SortKey key : ordering.keys()) {
                int index = rows.columns().indexOf(key.expr());
                if (index < 0) {
                    throw refuse(
                            ProblemCode.SHAPE, "ORDER BY on a column that is not selected, below another operation");
                }
                keys.add(new Residual.SortKey(columns.get(index), key.descending(), key.nullsFirst()));
            }
            residual = new Residual.Limit(new Residual.Sort(residual, keys), ordering.offset(), ordering.fetch());
        }
        return new Translated.Above(residual, columns);
    }

    // ---- joins
    // ----------------------------------------------------------------------------------------------------------------

    private Translated join(Join join) {
        Translated left = translate(join.getLeft());
        Translated right = translate(join.getRight());
        boolean below = left instanceof UnitRows && right instanceof UnitRows;
        if (!below || !(personal(left) || personal(right)) && join.getJoinType() == JoinRelType.FULL) {
            return joinAbove(join, left, right);
        }
        UnitRows l = unlimited((UnitRows) left);
        UnitRows r = unlimited((UnitRows) right);
        return switch (join.getJoinType()) {
            case INNER -> joinBelow(join, l, r, Rel.Join.Kind.INNER, false);
            case LEFT -> joinBelow(join, l, r, Rel.Join.Kind.LEFT, false);
            case RIGHT -> joinBelow(join, r, l, Rel.Join.Kind.LEFT, true);
            default ->
                throw refuse(
                        ProblemCode.JOIN,
                        "%s JOIN over rows about people".formatted(join.getJoinType()),
                        "Use INNER or LEFT JOIN.");
        };
    }

    private static boolean personal(Translated t) {
        return t instanceof UnitRows rows && rows.personal();
    }

    private static UnitRows unlimited(UnitRows rows) {
        if (rows.ordering() != null && rows.ordering().limits()) {
            throw limitBelow();
        }
        return new UnitRows(rows.rel(), rows.columns(), rows.units(), null);
    }

    /** @param swapped whether {@code kept} is the right input of the statement's join */
    private UnitRows joinBelow(Join join, UnitRows kept, UnitRows other, Rel.Join.Kind kind, boolean swapped) {
        List<Expr> hoisted = new ArrayList<>();
        Rel left = hoist(kept.rel(), hoisted);
        UnitRows optional = other;
        if (kind == Rel.Join.Kind.LEFT) {
            optional = nullable(other);
            scope.outerJoin(optional.rel().aliases());
        }
        Rel right = kind == Rel.Join.Kind.LEFT ? optional.rel() : hoist(optional.rel(), hoisted);
        List<Expr> fields = new ArrayList<>(swapped ? optional.columns() : kept.columns());
        fields.addAll(swapped ? kept.columns() : optional.columns());
        Expr condition = rex.translate(join.getCondition(), fields);
        if (scope.isProtected(condition) || hasScalar(condition)) {
            rules.predicate(condition);
            throw refuse(ProblemCode.SHAPE, "a sub-query inside a join condition");
        }
        Rel rel = new Rel.Join(kind, left, right, condition);
        Expr filters = Expr.and(hoisted);
        List<UnitRows.Unit> units = new ArrayList<>(kept.units());
        units.addAll(optional.units());
        if (kind == Rel.Join.Kind.LEFT && !kept.personal() && optional.personal()) {
            throw refuse(
                    ProblemCode.JOIN,
                    "reference data is outer-joined to rows about people",
                    "Start from the table about people, or aggregate first and join the result.");
        }
        return new UnitRows(filters.equals(Expr.always()) ? rel : new Rel.Filter(rel, filters), fields, units, null);
    }

    /** Takes filters off an input of an inner join: they hold above it just as well. */
    private static Rel hoist(Rel rel, List<Expr> into) {
        Rel current = rel;
        while (current instanceof Rel.Filter f) {
            into.add(f.condition());
            current = f.input();
        }
        return current;
    }

    /** The optional side of an outer join: computed columns and filters must be inside a derived table. */
    private UnitRows nullable(UnitRows rows) {
        boolean plain = !(rows.rel() instanceof Rel.Filter)
                && !(rows.rel() instanceof Rel.Join)
                && rows.columns().stream().allMatch(c -> c instanceof Expr.Column);
        return plain ? rows : derived(rows);
    }

    private UnitRows derived(UnitRows rows) {
        seal(rows, Set.of());
        String alias = scope.newAlias("d");
        List<Rel.Named> outputs = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        Map<String, ColumnInfo> infos = new HashMap<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            Expr expr = rows.columns().get(i);
            if (expr instanceof Expr.Column c) {
                rules.coarseningHolds(c);
            } else {
                rules.value(expr);
                rules.derivedDates(expr);
                rules.unshifted(expr);
            }
            outputs.add(new Rel.Named("c" + i, source.values(expr)));
            columns.add(new Expr.Column(alias, "c" + i, expr.type()));
            infos.put("c" + i, rules.describe(source.values(expr)));
        }
        List<UnitRows.Unit> units = new ArrayList<>();
        if (rows.personal()) {
            UnitRows.Unit unit = rows.units().getFirst();
            outputs.add(new Rel.Named(Rel.SUBJECT, unit.key()));
            Expr.Column key = new Expr.Column(alias, Rel.SUBJECT, unit.key().type());
            infos.put(Rel.SUBJECT, ColumnInfo.subjectKey(unit.namespace()));
            units.add(new UnitRows.Unit(alias, key, unit.namespace()));
        }
        scope.declareComputed(alias, infos);
        return new UnitRows(new Rel.Derived(alias, rows.rel(), outputs, false), columns, units, null);
    }

    private Translated joinAbove(Join join, Translated left, Translated right) {
        Translated.Above l = left instanceof Translated.Above a ? a : asResidual((UnitRows) left);
        Translated.Above r = right instanceof Translated.Above a ? a : asResidual((UnitRows) right);
        List<Expr> fields = new ArrayList<>(l.columns());
        fields.addAll(r.columns());
        Residual.Join.Kind kind = switch (join.getJoinType()) {
            case INNER -> Residual.Join.Kind.INNER;
            case LEFT -> Residual.Join.Kind.LEFT;
            case RIGHT -> Residual.Join.Kind.RIGHT;
            case FULL -> Residual.Join.Kind.FULL;
            default -> throw refuse(ProblemCode.UNSUPPORTED, join.getJoinType() + " join");
        };
        Residual lr = l.residual();
        Residual rr = r.residual();
        if (kind != Residual.Join.Kind.INNER) {
            // Computed columns of an optional side must be NULL in unmatched rows: compute them before the join.
            Translated.Above lm = materialise(l);
            Translated.Above rm = materialise(r);
            lr = lm.residual();
            rr = rm.residual();
            fields = new ArrayList<>(lm.columns());
            fields.addAll(rm.columns());
        }
        Expr condition = rex.translate(join.getCondition(), fields);
        return new Translated.Above(new Residual.Join(kind, lr, rr, condition), fields);
    }

    Translated.Above materialise(Translated.Above above) {
        return materialise(above, false);
    }

    private Translated.Above materialise(Translated.Above above, boolean distinct) {
        String alias = scope.newAlias("p");
        scope.declareProtected(alias);
        List<Rel.Named> outputs = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < above.columns().size(); i++) {
            outputs.add(new Rel.Named("c" + i, above.columns().get(i)));
            columns.add(new Expr.Column(alias, "c" + i, above.columns().get(i).type()));
        }
        return new Translated.Above(new Residual.Project(alias, above.residual(), outputs, distinct), columns);
    }

    // ---- aggregates
    // -----------------------------------------------------------------------------------------------------------

    private Translated aggregate(Aggregate aggregate) {
        Translated input = translate(aggregate.getInput());
        if (input instanceof UnitRows rows && rows.personal()) {
            UnitRows whole = unlimited(rows);
            seal(whole, Set.of());
            return determinesSubject(aggregate, whole)
                    ? subjectAggregates.translate(aggregate, whole)
                    : boundaries.translate(aggregate, whole);
        }
        return aggregateAbove(aggregate, input instanceof UnitRows r ? asResidual(r) : (Translated.Above) input);
    }

    private boolean determinesSubject(Aggregate aggregate, UnitRows rows) {
        return aggregate.getGroupSets().size() == 1
                && aggregate.getGroupSet().asList().stream()
                        .map(rows.columns()::get)
                        .anyMatch(e ->
                                e instanceof Expr.Column c && (scope.info(c).subject() || isRecordKeyOfPerson(c)));
    }

    /** A record's own key determines its person. */
    private boolean isRecordKeyOfPerson(Expr.Column c) {
        ColumnInfo info = scope.info(c);
        Dataset dataset = info.dataset();
        return dataset != null
                && dataset.kind() == Dataset.Kind.PERSONAL
                && dataset.recordKey().equals(List.of(c.name()));
    }

    private Translated aggregateAbove(Aggregate aggregate, Translated.Above input) {
        if (aggregate.getGroupSets().size() > 1) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "GROUPING SETS over an aggregated result",
                    "Use ROLLUP in the query that reads the tables.");
        }
        String alias = scope.newAlias("a");
        scope.declareProtected(alias);
        List<Rel.Named> keys = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (int index : aggregate.getGroupSet()) {
            String name = "k" + keys.size();
            keys.add(new Rel.Named(name, input.columns().get(index)));
            columns.add(new Expr.Column(alias, name, input.columns().get(index).type()));
        }
        List<Residual.Aggregate.Call> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            String name = "v" + calls.size();
            SqlType type = SqlTypes.of(call.getType()).type();
            calls.add(new Residual.Aggregate.Call(
                    name,
                    functionAbove(call),
                    call.getArgList().isEmpty()
                            ? null
                            : input.columns().get(call.getArgList().getFirst()),
                    call.isDistinct(),
                    call.hasFilter() ? input.columns().get(call.filterArg) : Expr.always(),
                    type));
            columns.add(new Expr.Column(alias, name, type));
        }
        return new Translated.Above(new Residual.Aggregate(alias, input.residual(), keys, calls), columns);
    }

    private static Residual.Aggregate.Function functionAbove(AggregateCall call) {
        String function = call.getAggregation().getName().toLowerCase(Locale.ROOT);
        return switch (function) {
            case "count" -> Residual.Aggregate.Function.COUNT;
            case "sum", "$sum0" -> Residual.Aggregate.Function.SUM;
            case "avg" -> Residual.Aggregate.Function.AVERAGE;
            case "min", "single_value" -> Residual.Aggregate.Function.MINIMUM;
            case "max" -> Residual.Aggregate.Function.MAXIMUM;
            default ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s over reference data or an aggregated result is not available".formatted(function),
                        "count, sum, avg, min and max are.");
        };
    }

    // ---- order, constants, sets
    // -----------------------------------------------------------------------------------------------

    private Translated sort(Sort sort) {
        Translated input = translate(sort.getInput());
        List<Residual.SortKey> keys = new ArrayList<>();
        for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
            boolean descending = field.getDirection().isDescending();
            boolean nullsFirst = switch (field.nullDirection) {
                case FIRST -> true;
                case LAST -> false;
                case UNSPECIFIED -> descending;
            };
            keys.add(new Residual.SortKey(input.columns().get(field.getFieldIndex()), descending, nullsFirst));
        }
        long offset = limit(sort.offset, 0);
        long fetch = limit(sort.fetch, -1);
        return switch (input) {
            case Translated.Above above -> {
                Residual sorted = keys.isEmpty() ? above.residual() : new Residual.Sort(above.residual(), keys);
                yield new Translated.Above(
                        offset > 0 || fetch >= 0 ? new Residual.Limit(sorted, offset, fetch) : sorted, above.columns());
            }
            case UnitRows rows -> {
                if (rows.ordering() != null && rows.ordering().limits()) {
                    throw limitBelow();
                }
                yield new UnitRows(
                        rows.rel(), rows.columns(), rows.units(), new UnitRows.Ordering(keys, offset, fetch));
            }
        };
    }

    private long limit(@Nullable RexNode node, long otherwise) {
        if (node == null) {
            return otherwise;
        }
        Expr value = rex.translate(node, List.of());
        if (value instanceof Expr.Parameter) {
            return otherwise;
        }
        if (value instanceof Expr.Literal l && l.value() instanceof Number n && n.longValue() >= 0) {
            return n.longValue();
        }
        if (value instanceof Expr.Literal l && l.isNull()) {
            return otherwise;
        }
        throw refuse(ProblemCode.INVALID_VALUE, "LIMIT and OFFSET take a number that is not negative");
    }

    private Translated values(Values values) {
        String alias = scope.newAlias("v");
        List<String> names = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (RelDataTypeField field : values.getRowType().getFieldList()) {
            SqlType type = SqlTypes.of(field.getType()).type();
            names.add("c" + names.size());
            types.add(type);
            columns.add(new Expr.Column(alias, names.getLast(), type));
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
            List<Expr> row = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                row.add(Casts.cast(rex.translate(tuple.get(i), List.of()), types.get(i)));
            }
            rows.add(row);
        }
        scope.declareProtected(alias);
        return new Translated.Above(new Residual.Constants(alias, names, types, rows), columns);
    }

    private Translated setOperation(SetOp setOp) {
        List<Residual.Project> branches = new ArrayList<>();
        List<SqlType> types = setOp.getRowType().getFieldList().stream()
                .map(f -> SqlTypes.of(f.getType()).type())
                .toList();
        for (RelNode input : setOp.getInputs()) {
            Translated.Above branch = residualOnly(translate(input), "a set operation");
            String alias = scope.newAlias("p");
            scope.declareProtected(alias);
            List<Rel.Named> outputs = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                outputs.add(new Rel.Named("c" + i, Casts.cast(branch.columns().get(i), types.get(i))));
            }
            branches.add(new Residual.Project(alias, branch.residual(), outputs, false));
        }
        String alias = scope.newAlias("o");
        scope.declareProtected(alias);
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new Expr.Column(alias, "c" + i, types.get(i)));
        }
        Residual.SetOperation.Kind kind = switch (setOp.kind) {
            case UNION -> Residual.SetOperation.Kind.UNION;
            case INTERSECT -> Residual.SetOperation.Kind.INTERSECT;
            case EXCEPT -> Residual.SetOperation.Kind.EXCEPT;
            default -> throw refuse(ProblemCode.UNSUPPORTED, "this set operation");
        };
        return new Translated.Above(new Residual.SetOperation(alias, kind, setOp.all, branches, types), columns);
    }

    // ---- sub-queries
    // ----------------------------------------------------------------------------------------------------------

    private Expr subQuery(RexSubQuery subQuery, List<Expr> fields) {
        return switch (subQuery.getKind()) {
            case SCALAR_QUERY -> scalar(subQuery);
            case EXISTS -> exists(subQuery, List.of(), fields);
            case IN -> exists(subQuery, subQuery.getOperands(), fields);
            default ->
                throw refuse(
                        ProblemCode.UNSUPPORTED,
                        "this kind of sub-query (%s)".formatted(subQuery.getKind()),
                        "Use IN, EXISTS or a scalar sub-query.");
        };
    }

    private Expr scalar(RexSubQuery subQuery) {
        Translated inner = translate(subQuery.rel);
        Translated.Above above = residualOnly(inner, "a scalar sub-query");
        return new Expr.Scalar(above.residual(), above.columns().getFirst());
    }

    private Expr exists(RexSubQuery subQuery, List<RexNode> operands, List<Expr> outer) {
        Translated inner = translate(subQuery.rel);
        if (!(inner instanceof UnitRows rows)) {
            if (inner instanceof Translated.Above a && a.residual() instanceof Residual.Constants constants) {
                return inConstants(constants, operands, outer);
            }
            throw refuse(
                    ProblemCode.SHAPE,
                    "a sub-query over an aggregate decides about rows",
                    "Aggregate both sides and join the results, or describe the people directly.");
        }
        UnitRows whole = unlimited(rows);
        List<Expr> conditions = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            conditions.add(Expr.predicate(
                    Op.EQUAL,
                    rex.translate(operands.get(i), outer),
                    whole.columns().get(i)));
        }
        Rel filtered = conditions.isEmpty() ? whole.rel() : new Rel.Filter(whole.rel(), Expr.and(conditions));
        Set<String> outerAliases = new HashSet<>();
        Set<String> own = new HashSet<>(filtered.aliases());
        for (Expr condition : Linking.conditions(filtered)) {
            for (Expr.Column c : Scope.columnsOf(condition)) {
                if (!own.contains(c.alias())) {
                    outerAliases.add(c.alias());
                }
            }
        }
        outer.stream().flatMap(e -> Scope.columnsOf(e).stream()).forEach(c -> outerAliases.add(c.alias()));
        outerAliases.removeAll(own);
        UnitRows joined = whole.withRel(filtered);
        if (whole.personal()) {
            boolean aboutPeople = outerAliases.stream().anyMatch(this::personalAlias);
            if (!aboutPeople) {
                throw refuse(
                        ProblemCode.SHAPE,
                        "rows about people decide about reference data",
                        "Aggregate the table about people instead.");
            }
            Set<String> outerPeople = new HashSet<>(outerAliases);
            outerPeople.removeIf(a -> !personalAlias(a));
            seal(joined, outerPeople);
        } else {
            source.markExactLinks(filtered);
            for (Expr condition : Linking.conditions(filtered)) {
                rules.predicate(condition);
                rules.derivedDates(condition);
            }
        }
        Expr exists = new Expr.Exists(source.mapConditions(filtered));
        return exists;
    }

    private boolean personalAlias(String alias) {
        Rel.Scan scan = scope.scan(alias);
        return scan != null ? scan.personal() : scope.hasSubject(alias);
    }

    private Expr inConstants(Residual.Constants constants, List<RexNode> operands, List<Expr> outer) {
        List<Expr> options = new ArrayList<>();
        for (List<Expr> row : constants.rows()) {
            List<Expr> equal = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                equal.add(Expr.predicate(Op.EQUAL, rex.translate(operands.get(i), outer), row.get(i)));
            }
            options.add(Expr.and(equal));
        }
        return options.isEmpty()
                ? Expr.literal(false, SqlType.BOOL)
                : options.size() == 1 ? options.getFirst() : new Expr.Call(Op.OR, options, SqlType.BOOL);
    }

    // ---- sealing
    // --------------------------------------------------------------------------------------------------------------

    /** Rules on a relation as a whole: every condition, and that all its rows belong to one unit. */
    void seal(UnitRows rows, Set<String> known) {
        if (rows.personal()) {
            linking.check(rows, known);
        }
        source.markExactLinks(rows.rel());
        for (Expr condition : Linking.conditions(rows.rel())) {
            rules.predicate(condition);
            rules.derivedDates(condition);
        }
    }
}
