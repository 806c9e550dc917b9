package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.CorrelationUse;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Sub-queries in expressions: EXISTS and IN become conditions on rows, scalars are read above the boundary. Refuses aggregates that decide
 * about rows, and rows about people that decide about reference data.
 */
final class SubQueries {
    private final Scope scope;
    private final SourceValues source;
    private final Sealing sealing;
    private final ReferenceReads reads;
    private final RexTranslator rex;
    private final Function<RelNode, Translated> relations;

    /** @param relations translates the relation of a sub-query */
    SubQueries(
            Scope scope,
            SourceValues source,
            Sealing sealing,
            ReferenceReads reads,
            RexTranslator rex,
            Function<RelNode, Translated> relations) {
        this.scope = scope;
        this.source = source;
        this.sealing = sealing;
        this.reads = reads;
        this.rex = rex;
        this.relations = relations;
    }

    Expr translate(RexSubQuery subQuery, List<Expr> fields) {
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
        if (CorrelationUse.reachesOut(subQuery.rel)) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "a scalar sub-query depends on the row around it",
                    "Join a sub-query that is grouped: LEFT JOIN (SELECT person_id, count(*) AS n FROM … GROUP BY person_id) t ON t.person_id = p.person_id.");
        }
        Translated inner = relations.apply(subQuery.rel);
        Translated.Above above = reads.residualOnly(inner, "a scalar sub-query");
        return new Expr.Scalar(above.residual(), above.columns().getFirst());
    }

    /** Whether a row is there does not depend on how often it is: DISTINCT, and GROUP BY without an aggregate, say nothing here. */
    private static RelNode members(RelNode rel) {
        return switch (rel) {
            case Aggregate aggregate
            when aggregate.getAggCallList().isEmpty()
                    && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                    && !aggregate.getGroupSet().isEmpty() -> {
                RelNode input = members(aggregate.getInput());
                RexBuilder rex = rel.getCluster().getRexBuilder();
                yield LogicalProject.create(
                        input,
                        List.of(),
                        aggregate.getGroupSet().asList().stream()
                                .map(field -> rex.makeInputRef(input, field))
                                .toList(),
                        rel.getRowType().getFieldNames(),
                        Set.of());
            }
            case Project project
            when !RexOver.containsOver(project.getProjects(), null) ->
                project.copy(project.getTraitSet(), List.of(members(project.getInput())));
            case Filter filter -> filter.copy(filter.getTraitSet(), List.of(members(filter.getInput())));
            default -> rel;
        };
    }

    private Expr exists(RexSubQuery subQuery, List<RexNode> operands, List<Expr> outer) {
        Translated inner = relations.apply(members(subQuery.rel));
        if (!(inner instanceof UnitRows rows)) {
            if (inner instanceof Translated.Above a && a.residual() instanceof Residual.Constants constants) {
                return inConstants(constants, a.columns(), operands, outer);
            }
            throw refuse(
                    ProblemCode.SHAPE,
                    "a sub-query over an aggregate decides about rows",
                    "Aggregate both sides and join the results, or describe the people directly.");
        }
        if (outer.stream().anyMatch(scope::isProtected)) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "IN or EXISTS over a table decides about aggregated rows",
                    "Join the aggregated result with the table, or ask before aggregating.");
        }
        UnitRows whole = rows.unlimited();
        List<Expr> conditions = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            conditions.add(rex.equal(
                    rex.translate(operands.get(i), outer), whole.columns().get(i)));
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
            sealing.seal(joined, outerPeople);
        } else {
            sealing.conditions(filtered);
        }
        return new Expr.Exists(source.mapConditions(filtered));
    }

    private boolean personalAlias(String alias) {
        Rel.Scan scan = scope.scan(alias);
        return scan != null ? scan.personal() : scope.hasSubject(alias);
    }

    /** @param columns what is selected of the constants */
    private Expr inConstants(
            Residual.Constants constants, List<Expr> columns, List<RexNode> operands, List<Expr> outer) {
        List<Expr> options = new ArrayList<>();
        for (List<Expr> row : constants.rows()) {
            List<Expr> equal = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                equal.add(rex.equal(rex.translate(operands.get(i), outer), selected(columns.get(i), constants, row)));
            }
            options.add(Expr.and(equal));
        }
        return options.isEmpty()
                ? Expr.literal(false, SqlType.BOOL)
                : options.size() == 1 ? options.getFirst() : new Expr.Call(Op.OR, options, SqlType.BOOL);
    }

    /** The value of a selected column in a row of constants. */
    private static Expr selected(Expr column, Residual.Constants constants, List<Expr> row) {
        if (column instanceof Expr.Column own && own.alias().equals(constants.alias())) {
            return row.get(constants.names().indexOf(own.name()));
        }
        if (column instanceof Expr.Literal || column instanceof Expr.Parameter) {
            return column;
        }
        throw refuse(
                ProblemCode.SHAPE,
                "IN over a list of constants that are calculated with",
                "Write the values themselves: IN ('a', 'b'), or IN (SELECT c FROM (VALUES …) v(c)).");
    }
}
