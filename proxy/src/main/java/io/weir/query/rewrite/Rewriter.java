package io.weir.query.rewrite;

import io.weir.policy.PolicySnapshot;
import io.weir.query.govern.Permit;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.rewrite.OutputColumn.Purpose;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stage's door: permit in, generated queries out. Stateless. */
public final class Rewriter {
    public GovernedQuery rewrite(Permit permit, PolicySnapshot policy) {
        return switch (permit) {
            case Permit.Aggregates a -> aggregates(a, policy);
            case Permit.Rows r -> new GovernedQuery.Rows(r, rows(r, policy));
        };
    }

    private static GovernedQuery aggregates(Permit.Aggregates permit, PolicySnapshot policy) {
        BlockWriter writer = new BlockWriter(policy);
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
            Map<List<Integer>, GeneratedSelect> domains = new HashMap<>();
            for (List<Integer> together : Domains.keysTogether(block)) {
                domains.put(together, Domains.select(block, together, policy));
            }
            blocks.add(new GovernedQuery.BlockQuery(
                    block,
                    new Canonical(policy).form(block),
                    writer.cells(block),
                    distinct,
                    writer.population(block),
                    domains));
        }
        Map<Residual.ReadReference, GeneratedSelect> references = new HashMap<>();
        collectReferences(permit.residual(), references, policy);
        permit.outputs().forEach(o -> collectReferences(o.expr(), references, policy));
        return new GovernedQuery.Aggregates(permit, blocks, references);
    }

    private static void collectReferences(
            Residual residual, Map<Residual.ReadReference, GeneratedSelect> into, PolicySnapshot policy) {
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
                            policy));
        }
        residual.inputs().forEach(r -> collectReferences(r, into, policy));
        residual.expressions().forEach(e -> collectReferences(e, into, policy));
    }

    private static void collectReferences(
            Expr expr, Map<Residual.ReadReference, GeneratedSelect> into, PolicySnapshot policy) {
        expr.walk(e -> {
            if (e instanceof Expr.Scalar s) {
                collectReferences(s.residual(), into, policy);
                collectReferences(s.value(), into, policy);
            }
        });
    }

    private static GeneratedSelect rows(Permit.Rows permit, PolicySnapshot policy) {
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
                policy);
    }

    static GeneratedSelect select(
            Rel rel,
            List<Rel.Named> outputs,
            List<OutputColumn> plan,
            boolean distinct,
            List<Residual.SortKey> order,
            long offset,
            long fetch,
            PolicySnapshot policy) {
        PostgresRelations relations = new PostgresRelations(policy);
        relations.use(rel);
        outputs.forEach(o -> relations.use(o.expr()));
        order.forEach(k -> relations.use(k.expr()));
        SqlText out = new SqlText();
        out.append(distinct ? "SELECT DISTINCT " : "SELECT ");
        for (int i = 0; i < outputs.size(); i++) {
            out.append(i > 0 ? ", " : "");
            Expr expr = outputs.get(i).expr();
            // The source's own text of such a value is read exactly by the proxy; no driver's class for it is.
            out.append(expr.type().isOpaque() ? "CAST(" : "");
            relations.expressions(out).write(expr);
            out.append(expr.type().isOpaque() ? " AS text)" : "");
            out.append(" AS ").name(plan.get(i).label());
        }
        if (outputs.isEmpty()) {
            throw new IllegalStateException("a generated SELECT needs a column");
        }
        out.append(" FROM ");
        relations.fromAndWhere(out, rel);
        for (int i = 0; i < order.size(); i++) {
            Residual.SortKey key = order.get(i);
            out.append(i == 0 ? " ORDER BY " : ", ");
            relations.expressions(out).write(key.expr());
            out.append(key.descending() ? " DESC" : " ASC").append(key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
        }
        if (offset > 0) {
            out.append(" OFFSET ").bind(offset, SqlType.INT8);
        }
        if (fetch >= 0) {
            out.append(" LIMIT ").bind(fetch, SqlType.INT8);
        }
        return new GeneratedSelect(out.text(), out.binds(), plan, relations.relations());
    }
}
