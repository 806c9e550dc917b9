package io.weir.query.rewrite;

import io.weir.policy.PolicySnapshot;
import io.weir.policy.Profile;
import io.weir.policy.Source;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.Permit;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Linked;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.rewrite.OutputColumn.Purpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The stage's door: permit in, generated queries out. Stateless. */
public final class Rewriter {
    public GovernedQuery rewrite(Permit permit, PolicySnapshot policy) {
        return switch (permit) {
            case Permit.Aggregates a -> aggregates(a, policy);
            case Permit.Rows r -> {
                Target target = Target.of(
                        r.rel().source().orElseThrow(() -> new IllegalStateException("rows without people")), policy);
                yield new GovernedQuery.Rows(r, target.source(), rows(r, target.policy(), target.dialect()));
            }
        };
    }

    /**
     * Whom a text is for.
     *
     * @param source id
     * @param policy with the datasets of that source alone, so that no writer can name another's relation
     */
    private record Target(String source, PolicySnapshot policy, Dialect dialect) {
        static Target of(String id, PolicySnapshot policy) {
            Source source = policy.sources().get(id);
            if (source == null) {
                throw new IllegalStateException("the policy lost source " + id);
            }
            return new Target(id, policy.within(List.of(id)), Dialect.of(SqlDialect.named(source.dialect())));
        }
    }

    private static String source(Block block) {
        return block.input().source().orElseThrow(() -> new IllegalStateException("a block without people"));
    }

    private static GovernedQuery aggregates(Permit.Aggregates permit, PolicySnapshot whole) {
        List<GovernedQuery.BlockQuery> blocks = new ArrayList<>();
        Map<String, Target> targets = new HashMap<>();
        permit.facts().sources().forEach(id -> targets.put(id, Target.of(id, whole)));
        Map<Block, Linked> linked = new HashMap<>();
        permit.linked().forEach(l -> linked.put(l.block(), l));
        for (Block block : permit.blocks()) {
            check(block, whole);
            Linked both = linked.get(block);
            blocks.add(
                    both == null
                            ? block(
                                    block,
                                    Objects.requireNonNull(targets.get(source(block))),
                                    permit.facts().profile())
                            : linked(both, targets, whole));
        }
        Map<Residual.ReadReference, GovernedQuery.ReferenceQuery> references = new HashMap<>();
        Consumer<Residual.ReadReference> reader = read -> {
            // Constant rows that are joined are computed by any source.
            String id = read.rel()
                    .source()
                    .or(() -> permit.facts().sources().stream().findFirst())
                    .orElseThrow(
                            () -> Problem.of(ProblemCode.SOURCE_UNAVAILABLE).asException());
            references.put(read, reference(read, Objects.requireNonNull(targets.get(id))));
        };
        collectReferences(permit.residual(), reader);
        permit.outputs().forEach(o -> collectReferences(o.expr(), reader));
        return new GovernedQuery.Aggregates(permit, blocks, references);
    }

    /** What a source calculates for a row may not fail, take long or become large because of one person's records. */
    private static void check(Block block, PolicySnapshot policy) {
        BlockExpressions expressions = BlockExpressions.of(block);
        Nesting.check(block.input(), expressions);
        Repeats.check(block, expressions, policy);
        PublicRows.check(block);
        TotalForms.check(expressions);
        Sizes.check(expressions);
        TextLengths.check(expressions);
    }

    private static GovernedQuery.SourceBlock block(Block block, Target target, Profile profile) {
        PolicySnapshot policy = target.policy();
        Dialect dialect = target.dialect();
        BlockWriter writer = new BlockWriter(policy, dialect);
        Map<Integer, GeneratedSelect> distinct = new HashMap<>();
        for (int i = 0; i < block.atoms().size(); i++) {
            if (block.atoms().get(i) instanceof Atom.DistinctValues) {
                distinct.put(i, writer.distinct(block, i, profile.threshold()));
            }
        }
        OrderedWriter ordered = new OrderedWriter(policy, profile, dialect);
        Map<List<Integer>, GeneratedSelect> places = new LinkedHashMap<>();
        for (List<Integer> together : OrderedWriter.together(block)) {
            places.put(together, ordered.places(block, together));
        }
        Map<List<Integer>, GeneratedSelect> domains = new HashMap<>();
        for (List<Integer> together : Domains.keysTogether(block)) {
            domains.put(together, Domains.select(block, together, policy, dialect));
        }
        return new GovernedQuery.SourceBlock(
                block,
                target.source(),
                new Canonical(policy).form(block),
                writer.cells(block),
                distinct,
                places,
                writer.population(block),
                domains);
    }

    private static GovernedQuery.LinkedBlock linked(Linked linked, Map<String, Target> targets, PolicySnapshot whole) {
        Target kept = Objects.requireNonNull(targets.get(source(linked.kept())));
        Target other = Objects.requireNonNull(targets.get(source(linked.other())));
        Map<List<Integer>, GovernedQuery.ReferenceQuery> domains = new HashMap<>();
        for (List<Integer> together : Domains.keysTogether(linked.block())) {
            Target target = linked.keptKeys().containsAll(together) ? kept : other;
            domains.put(
                    together,
                    new GovernedQuery.ReferenceQuery(
                            target.source(),
                            Domains.select(linked.block(), together, target.policy(), target.dialect())));
        }
        return new GovernedQuery.LinkedBlock(
                linked,
                new Canonical(whole.within(List.of(kept.source(), other.source()))).form(linked.block()),
                side(linked.kept(), kept),
                side(linked.other(), other),
                domains);
    }

    private static GovernedQuery.Side side(Block side, Target target) {
        LinkedWriter writer = new LinkedWriter(target.policy(), target.dialect());
        return new GovernedQuery.Side(target.source(), writer.people(side), writer.population(side));
    }

    private static GovernedQuery.ReferenceQuery reference(Residual.ReadReference read, Target target) {
        GeneratedSelect select = select(
                read.rel(),
                read.outputs(),
                read.outputs().stream()
                        .map(o -> new OutputColumn(
                                o.name(), Purpose.VALUE, o.expr().type(), null))
                        .toList(),
                false,
                List.of(),
                0,
                -1,
                target.policy(),
                target.dialect());
        return new GovernedQuery.ReferenceQuery(target.source(), select);
    }

    private static void collectReferences(Residual residual, Consumer<Residual.ReadReference> reader) {
        if (residual instanceof Residual.ReadReference r) {
            reader.accept(r);
        }
        residual.inputs().forEach(r -> collectReferences(r, reader));
        residual.expressions().forEach(e -> collectReferences(e, reader));
    }

    private static void collectReferences(Expr expr, Consumer<Residual.ReadReference> reader) {
        expr.walk(e -> {
            if (e instanceof Expr.Scalar s) {
                collectReferences(s.residual(), reader);
                collectReferences(s.value(), reader);
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
