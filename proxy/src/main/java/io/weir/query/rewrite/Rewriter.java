package io.weir.query.rewrite;

import io.weir.policy.PolicySnapshot;
import io.weir.policy.Source;
import io.weir.query.govern.Permit;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.rewrite.OutputColumn.Purpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stage's door: permit in, generated queries out. Stateless. */
public final class Rewriter {
    public GovernedQuery rewrite(Permit permit, PolicySnapshot policy) {
        return switch (permit) {
            case Permit.Aggregates a -> aggregates(a, policy, dialect(permit, policy));
            case Permit.Rows r -> new GovernedQuery.Rows(r, rows(r, policy, dialect(permit, policy)));
        };
    }

    /** That of the source; a statement that reads none is never sent. */
    private static Dialect dialect(Permit permit, PolicySnapshot policy) {
        String id = permit.facts().source();
        Source source = id == null ? null : policy.sources().get(id);
        return Dialect.of(source == null ? SqlDialect.POSTGRESQL : SqlDialect.named(source.dialect()));
    }

    private static GovernedQuery aggregates(Permit.Aggregates permit, PolicySnapshot policy, Dialect dialect) {
        BlockWriter writer = new BlockWriter(policy, dialect);
        List<GovernedQuery.BlockQuery> blocks = new ArrayList<>();
        for (Block block : permit.blocks()) {
            Map<Integer, GeneratedSelect> distinct = new HashMap<>();
            for (int i = 0; i < block.atoms().size(); i++) {
                if (block.atoms().get(i) instanceof Atom.DistinctValues) {
                    distinct.put(
                            i,
                            writer.distinct(block, i, permit.facts().profile().threshold()));
                }
            }
            OrderedWriter ordered = new OrderedWriter(policy, permit.facts().profile(), dialect);
            Map<List<Integer>, GeneratedSelect> places = new LinkedHashMap<>();
            for (List<Integer> together : OrderedWriter.together(block)) {
                places.put(together, ordered.places(block, together));
            }
            Map<List<Integer>, GeneratedSelect> domains = new HashMap<>();
            for (List<Integer> together : Domains.keysTogether(block)) {
                domains.put(together, Domains.select(block, together, policy, dialect));
            }
            blocks.add(new GovernedQuery.BlockQuery(
                    block,
                    new Canonical(policy).form(block),
                    writer.cells(block),
                    distinct,
                    places,
                    writer.population(block),
                    domains));
        }
        Map<Residual.ReadReference, GeneratedSelect> references = new HashMap<>();
        collectReferences(permit.residual(), references, policy, dialect);
        permit.outputs().forEach(o -> collectReferences(o.expr(), references, policy, dialect));
        return new GovernedQuery.Aggregates(permit, blocks, references);
    }

    private static void collectReferences(
            Residual residual,
            Map<Residual.ReadReference, GeneratedSelect> into,
            PolicySnapshot policy,
            Dialect dialect) {
        if (residual instanceof Residual.ReadReference r) {
            into.put(
                    r,
                    select(
                            r.rel(),
                            r.outputs(),
                            r.outputs().stream()
                                    .map(o -> new OutputColumn(
                                            o.name(), Purpose.VALUE, o.expr().type(), null))
                                    .toList(),
                            false,
                            List.of(),
                            0,
                            -1,
                            policy,
                            dialect));
        }
        residual.inputs().forEach(r -> collectReferences(r, into, policy, dialect));
        residual.expressions().forEach(e -> collectReferences(e, into, policy, dialect));
    }

    private static void collectReferences(
            Expr expr, Map<Residual.ReadReference, GeneratedSelect> into, PolicySnapshot policy, Dialect dialect) {
        expr.walk(e -> {
            if (e instanceof Expr.Scalar s) {
                collectReferences(s.residual(), into, policy, dialect);
                collectReferences(s.value(), into, policy, dialect);
            }
        });
    }

    private static GeneratedSelect rows(Permit.Rows permit, PolicySnapshot policy, Dialect dialect) {
        return select(
                permit.rel(),
                permit.outputs().stream().map(Permit.Rows.Output::named).toList(),
                permit.outputs().stream()
                        .map(o -> new OutputColumn(
                                o.named().name(),
                                o.namespace() == null ? Purpose.VALUE : Purpose.TO_PSEUDONYMISE,
                                o.named().expr().type(),
                                o.namespace()))
                        .toList(),
                false,
                permit.order(),
                permit.offset(),
                permit.fetch(),
                policy,
                dialect);
    }

    static GeneratedSelect select(
            Rel rel,
            List<Rel.Named> outputs,
            List<OutputColumn> plan,
            boolean distinct,
            List<Residual.SortKey> order,
            long offset,
            long fetch,
            PolicySnapshot policy,
            Dialect dialect) {
        if (outputs.isEmpty()) {
            throw new IllegalStateException("a generated SELECT needs a column");
        }
        Relations relations = new Relations(policy, dialect);
        relations.use(rel);
        outputs.forEach(o -> relations.use(o.expr()));
        order.forEach(k -> relations.use(k.expr()));
        SqlText out = new SqlText(dialect);
        if (distinct && outputs.stream().anyMatch(o -> dialect.marks(o.expr().type()))) {
            relations.distinct(out, "m", rel, outputs);
            return new GeneratedSelect(dialect.name(), out.text(), out.binds(), plan, relations.relations());
        }
        out.append(distinct ? "SELECT DISTINCT " : "SELECT ");
        dialect.top(out, offset, fetch);
        for (int i = 0; i < outputs.size(); i++) {
            out.append(i > 0 ? ", " : "");
            relations.expressions(out).output(outputs.get(i).expr());
            out.append(" AS ").name(plan.get(i).label());
        }
        out.append(" FROM ");
        relations.fromAndWhere(out, rel);
        List<Residual.SortKey> keys = dialect.sortKeys(order);
        for (int i = 0; i < keys.size(); i++) {
            Residual.SortKey key = keys.get(i);
            out.append(i == 0 ? " ORDER BY " : ", ");
            dialect.sortKey(
                    out, () -> relations.expressions(out).ordered(key.expr()), key.descending(), key.nullsFirst());
        }
        dialect.cap(out, !keys.isEmpty(), offset, fetch);
        return new GeneratedSelect(dialect.name(), out.text(), out.binds(), plan, relations.relations(), fetch >= 0);
    }
}
