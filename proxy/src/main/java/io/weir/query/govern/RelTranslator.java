package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Walks the validated tree bottom-up and labels it: reference data, rows of known units, or protected. Aggregates over rows of units become
 * blocks. One instance a ruling; not thread-safe.
 */
final class RelTranslator {
    private final Scope scope = new Scope();
    private final Map<CorrelationId, List<Expr>> correlations = new HashMap<>();
    private final Rules rules;
    private final SourceValues source;
    private final Sealing sealing;
    private final LinkedBlocks linked;
    private final RexTranslator rex;
    private final ReferenceReads reads;
    private final ConstantRows constants;
    private final ConstantSeries series;
    private final ListedGroups listed;
    private final ScanTranslator scans;
    private final JoinTranslator joins;
    private final SubjectAggregates subjectAggregates;
    private final Boundaries boundaries;
    private final AggregatesAbove aggregatesAbove;
    private final SortTranslator sorts;
    private final SetOperationTranslator setOperations;
    private final WindowTranslator windows;
    private final SubjectWindows subjectWindows;
    private final SubQueries subQueries;

    RelTranslator(Ruling ruling, boolean rowView) {
        Moments moments = new Moments(ruling.zone());
        Exactness exactness = new Exactness(scope, rowView);
        CutZones zones = new CutZones(scope, ruling.policy(), ruling.zone(), rowView);
        this.rules = new Rules(scope, exactness, zones, ruling.snapshot(), rowView);
        this.source = new SourceValues(scope, exactness, ruling, rowView);
        Linking linking = new Linking(scope, ruling.policy());
        this.sealing = new Sealing(rules, linking, source);
        this.linked = new LinkedBlocks(scope, linking, source, ruling);
        this.rex = new RexTranslator(
                ruling.parameters(),
                ruling.parameterTypes(),
                ruling.snapshot(),
                moments,
                correlations,
                this::subQuery,
                rules::onGrid,
                new ClosedDomains(scope));
        this.reads = new ReferenceReads(scope);
        this.constants = new ConstantRows(scope, rex);
        this.scans = new ScanTranslator(scope, ruling, constants, rowView);
        DerivedRows derived = new DerivedRows(scope, rules, source, sealing);
        ConstantLookup lookups = new ConstantLookup(rex);
        this.series = new ConstantSeries(scope, rex);
        this.listed = new ListedGroups(scope, rex, lookups);
        this.joins = new JoinTranslator(
                scope, rules, rex, derived, new JoinsAbove(scope, reads, rex), lookups, ruling.linkages());
        this.subjectWindows = new SubjectWindows(scope, rules, derived, rex, ruling.profile(), rowView);
        this.subjectAggregates = new SubjectAggregates(scope, rules, source, ruling.profile(), linking);
        this.boundaries = new Boundaries(scope, rules, source, ruling.profile(), ruling.snapshot(), linking);
        this.aggregatesAbove = new AggregatesAbove(scope);
        this.sorts = new SortTranslator(rex);
        this.setOperations = new SetOperationTranslator(
                scope, reads, moments, new UnitSets(scope, derived, moments, source), this::translate);
        this.windows = new WindowTranslator(rex, scope);
        this.subQueries = new SubQueries(scope, source, sealing, reads, rex, this::translate);
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

    LinkedBlocks linked() {
        return linked;
    }

    Translated translate(RelNode node) {
        return switch (node) {
            case TableScan scan -> scans.translate(scan);
            case Filter filter -> filter(filter);
            case Project project -> project(project);
            case Join join -> joins.translate(join, translate(join.getLeft()), translate(join.getRight()));
            case Aggregate aggregate -> aggregate(aggregate);
            case Sort sort -> sorts.translate(sort, translate(sort.getInput()));
            case Values values -> constants.values(values);
            case SetOp setOp when ConstantRows.isList(setOp) -> constants.values(setOp);
            case SetOp setOp -> setOperations.translate(setOp);
            case Correlate correlate ->
                throw refuse(
                        ProblemCode.UNSUPPORTED,
                        "a LATERAL sub-query that depends on the row beside it in another way than by equal columns",
                        "Compare columns with = in it, and ask for one row of aggregates, or the first rows by ORDER BY and LIMIT; or join a sub-query grouped by the person's key.");
            default ->
                throw refuse(
                        ProblemCode.UNSUPPORTED,
                        "this form of query (%s)".formatted(node.getRelTypeName()),
                        "Write it with SELECT, JOIN, WHERE, GROUP BY, WITH and UNION.");
        };
    }

    private Translated filter(Filter filter) {
        Translated input = translate(filter.getInput());
        remember(filter.getVariablesSet(), input.columns());
        Expr condition = rex.translate(filter.getCondition(), input.columns());
        return switch (input) {
            case Translated.Above above ->
                new Translated.Above(new Residual.Filter(above.residual(), condition), above.columns());
            case UnitRows rows -> {
                rows.refuseLimit();
                if (scope.readsAbove(condition)) {
                    if (rows.personal()) {
                        rules.predicate(condition);
                    }
                    Translated.Above read = reads.read(rows);
                    Expr moved = rex.translate(filter.getCondition(), read.columns());
                    yield new Translated.Above(new Residual.Filter(read.residual(), moved), read.columns());
                }
                yield rows.unlimited().withRel(new Rel.Filter(rows.rel(), CommonConjuncts.taken(condition)));
            }
        };
    }

    private void remember(Set<CorrelationId> ids, List<Expr> columns) {
        ids.forEach(id -> correlations.put(id, columns));
    }

    private Translated project(Project project) {
        return ConstantSeries.isIn(project)
                ? series.translate(project)
                : project(project, translate(project.getInput()), Set.of());
    }

    /** @param counted columns that are rows, and only counted */
    private Translated project(Project project, Translated input, Set<Integer> counted) {
        remember(project.getVariablesSet(), input.columns());
        boolean windowed = project.getProjects().stream().anyMatch(RexOver::containsOver);
        if (windowed) {
            if (input instanceof UnitRows rows && rows.personal()) {
                return subjectWindows.translate(project, rows, columns -> remember(project.getVariablesSet(), columns));
            }
            return windows.translate(project, reads.residualOnly(input, "a window function"));
        }
        List<Expr> columns = columns(project, input.columns(), counted);
        return switch (input) {
            case Translated.Above above -> new Translated.Above(above.residual(), columns);
            case UnitRows rows -> {
                if (columns.stream().anyMatch(scope::readsAbove)) {
                    Translated.Above read = reads.residualOnly(rows, "a sub-query");
                    yield new Translated.Above(read.residual(), columns(project, read.columns(), counted));
                }
                yield rows.withColumns(columns);
            }
        };
    }

    private List<Expr> columns(Project project, List<Expr> fields, Set<Integer> counted) {
        List<Expr> columns = new ArrayList<>();
        for (RexNode node : project.getProjects()) {
            columns.add(
                    counted.contains(columns.size())
                            ? CountedRows.text(node, rex, fields)
                            : rex.translate(node, fields));
        }
        return columns;
    }

    /** Reference rows at the top of a statement. */
    Translated.Above residual(UnitRows rows) {
        return reads.read(rows);
    }

    private Translated aggregate(Aggregate aggregate) {
        if (aggregate.getInput() instanceof Project project
                && project.getInput() instanceof Join join
                && project.getVariablesSet().isEmpty()) {
            Translated left = translate(join.getLeft());
            Translated right = translate(join.getRight());
            Optional<ListedGroups.Listing> listing = listed.of(join, left, right);
            if (listing.isPresent()) {
                ListedGroups.Grouping grouping = listed.translate(aggregate, project, listing.get());
                sealing.seal(grouping.rows(), Set.of());
                return boundaries.listed(aggregate, grouping, listed.numbers(grouping));
            }
            return aggregate(
                    aggregate, project(project, joins.translate(join, left, right), CountedRows.in(aggregate)));
        }
        return aggregate(
                aggregate,
                aggregate.getInput() instanceof Project project && !ConstantSeries.isIn(project)
                        ? project(project, translate(project.getInput()), CountedRows.in(aggregate))
                        : translate(aggregate.getInput()));
    }

    private Translated aggregate(Aggregate aggregate, Translated input) {
        if (input instanceof UnitRows rows && rows.personal()) {
            UnitRows whole = rows.unlimited();
            sealing.seal(whole, Set.of());
            return subjectAggregates.determinesSubject(aggregate, whole)
                    ? subjectAggregates.translate(aggregate, whole)
                    : boundaries.translate(aggregate, whole);
        }
        if (input instanceof UnitRows rows && ReferenceReads.areDifferent(aggregate, rows)) {
            return rows.withColumns(aggregate.getGroupSet().asList().stream()
                    .map(rows.columns()::get)
                    .toList());
        }
        return aggregatesAbove.translate(aggregate, reads.above(input));
    }

    private Expr subQuery(RexSubQuery subQuery, List<Expr> fields) {
        return subQueries.translate(subQuery, fields);
    }

    /** Rules on a relation at the top of a statement as a whole. */
    void seal(UnitRows rows, Set<String> known) {
        sealing.seal(rows, known);
    }
}
