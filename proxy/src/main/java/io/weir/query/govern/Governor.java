package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Grant;
import io.weir.problem.Outcome;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Linked;
import io.weir.query.govern.plan.OpenTables;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.ParsedQuery;
import io.weir.query.parse.Scans;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** The stage's door: one validated tree in, a permit or a refusal out. Stateless, thread-safe. */
public final class Governor {
    public Outcome<Permit> rule(ParsedQuery query, Ruling ruling) {
        try {
            return Outcome.of(permit(query, ruling));
        } catch (ProblemException refused) {
            return Outcome.refused(refused.problem());
        }
    }

    private static Permit permit(ParsedQuery query, Ruling ruling) {
        Scanned scanned = scan(query.tree());
        List<Dataset> datasets = new ArrayList<>();
        for (DatasetName name : scanned.datasets()) {
            if (ruling.own().containsKey(name)) {
                continue;
            }
            Dataset dataset = ruling.policy().datasets().get(name);
            if (dataset == null || !ruling.grants().containsKey(name)) {
                throw refuse(ProblemCode.UNKNOWN_RELATION, name.toString());
            }
            datasets.add(dataset);
        }
        List<String> sources =
                datasets.stream().map(Dataset::source).distinct().sorted().toList();
        boolean personal = datasets.stream().anyMatch(d -> d.kind() == Dataset.Kind.PERSONAL);
        boolean allRowLevel = datasets.stream()
                .filter(d -> d.kind() == Dataset.Kind.PERSONAL)
                .map(d -> ruling.grants().get(d.name()))
                .allMatch(g -> g != null && g.mode() == Grant.Mode.ROW_LEVEL);
        if (personal && allRowLevel && !scanned.aggregates()) {
            return rows(query, ruling, sources, scanned.datasets());
        }
        RelTranslator translator = new RelTranslator(ruling, false);
        Translated top = translator.translate(query.tree());
        Translated.Above above =
                top instanceof Translated.Above a ? a : referenceOnly(translator, (UnitRows) top, datasets);
        List<Rel.Named> outputs = new ArrayList<>();
        for (int i = 0; i < above.columns().size(); i++) {
            outputs.add(new Rel.Named("c" + i, above.columns().get(i)));
        }
        List<Block> blocks = new ArrayList<>();
        List<Linked> linked = new ArrayList<>();
        for (Block block : translator.blocks()) {
            Optional<Linked> both = translator.linked().of(block);
            both.ifPresent(linked::add);
            blocks.add(both.map(Linked::block).orElseGet(() -> {
                Block mapped = block.over(translator.source().mapConditions(block.input()));
                OneSource.require(mapped, ruling.policy());
                return mapped;
            }));
        }
        OneSource.require(above.residual(), above.columns());
        OpenTables.check(above.residual(), outputs, OpenTables.structurallyOpen(blocks));
        List<String> words = new ArrayList<>();
        if (personal) {
            words.add("aggregate mode: people only as aggregates of at least the profile's threshold");
            words.add("blocks: " + blocks.size());
        } else {
            words.add("reference data only");
        }
        if (sources.size() > 1) {
            words.add("sources: " + sources.size() + ", each asked for itself; joined above the boundary");
        }
        List<String> namespaces = linked.stream()
                .map(l -> l.block().namespace())
                .distinct()
                .sorted()
                .toList();
        namespaces.forEach(n -> words.add("people of two sources are linked by their key of namespace " + n
                + ", inside Weir: neither source is told the keys of the other"));
        return new Permit.Aggregates(
                new Permit.Facts(
                        sources,
                        scanned.datasets().stream().map(DatasetName::toString).toList(),
                        personal ? "aggregate" : "reference",
                        ruling.profile(),
                        namespaces,
                        words),
                blocks,
                linked,
                above.residual(),
                outputs);
    }

    private static Translated.Above referenceOnly(
            RelTranslator translator, UnitRows rows, Collection<Dataset> datasets) {
        if (rows.personal()) {
            throw refuse(
                    ProblemCode.ROWS_NOT_GRANTED,
                    "the statement returns rows about people, of "
                            + datasets.stream()
                                    .filter(d -> d.kind() == Dataset.Kind.PERSONAL)
                                    .map(d -> d.name().toString())
                                    .distinct()
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    "Use GROUP BY with count(*), sum() or avg(): for example SELECT sex, count(*) FROM … GROUP BY sex.");
        }
        return translator.residual(rows);
    }

    private static Permit rows(ParsedQuery query, Ruling ruling, List<String> sources, Set<DatasetName> datasets) {
        RelTranslator translator = new RelTranslator(ruling, true);
        Translated top = translator.translate(query.tree());
        if (!(top instanceof UnitRows rows)) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "this form of statement does not return rows of the granted tables",
                    "In a row-level project select rows with JOIN and WHERE, or aggregate them.");
        }
        translator.seal(rows, Set.of());
        List<Permit.Rows.Output> outputs = new ArrayList<>();
        for (Expr expr : rows.columns()) {
            outputs.add(output(expr, "c" + outputs.size(), translator));
        }
        OneSource.require(
                rows.rel(),
                Stream.concat(rows.columns().stream(), order(rows).map(Residual.SortKey::expr))
                        .toList());
        List<Residual.SortKey> order = List.of();
        long offset = 0;
        long fetch = -1;
        UnitRows.Ordering ordering = rows.ordering();
        if (ordering != null) {
            ordering.keys().forEach(k -> translator.rules().value(k.expr()));
            order = ordering.keys();
            offset = ordering.offset();
            fetch = ordering.fetch();
        }
        return new Permit.Rows(
                new Permit.Facts(
                        sources,
                        datasets.stream().map(DatasetName::toString).toList(),
                        "row_level",
                        ruling.profile(),
                        List.of(),
                        List.of("row_level mode: identifiers as pseudonyms, quasi-identifiers generalised, text NULL")),
                translator.source().mapConditions(rows.rel()),
                outputs,
                order,
                offset,
                fetch);
    }

    private static Stream<Residual.SortKey> order(UnitRows rows) {
        UnitRows.Ordering ordering = rows.ordering();
        return ordering == null ? Stream.of() : ordering.keys().stream();
    }

    private static Permit.Rows.Output output(Expr expr, String name, RelTranslator translator) {
        if (expr instanceof Expr.Column c) {
            ColumnInfo info = translator.scope().info(c);
            if (info.columnClass() == ColumnClass.IDENTIFIER && !info.reference()) {
                String namespace = info.base() != null ? info.base().namespace() : info.namespace();
                if (namespace == null) {
                    throw refuse(ProblemCode.IDENTIFIER_USE, "an identifier without a namespace has no pseudonym");
                }
                return new Permit.Rows.Output(new Rel.Named(name, expr), namespace);
            }
            return new Permit.Rows.Output(new Rel.Named(name, expr), null);
        }
        translator.rules().value(expr);
        translator.rules().derivedDates(expr);
        return new Permit.Rows.Output(new Rel.Named(name, expr), null);
    }

    private record Scanned(Set<DatasetName> datasets, boolean aggregates) {}

    /** All datasets of a tree, inside sub-queries too. */
    private static Scanned scan(RelNode root) {
        Set<DatasetName> found = new TreeSet<>();
        boolean[] aggregates = {false};
        RelVisitor visitor = new RelVisitor() {
            @Override
            public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
                if (node instanceof TableScan scan) {
                    found.add(Scans.dataset(scan));
                }
                aggregates[0] |= node instanceof Aggregate;
                RelVisitor self = this;
                node.accept(new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery subQuery) {
                        self.go(subQuery.rel);
                        return super.visitSubQuery(subQuery);
                    }
                });
                super.visit(node, ordinal, parent);
            }
        };
        visitor.go(root);
        return new Scanned(found, aggregates[0]);
    }
}
